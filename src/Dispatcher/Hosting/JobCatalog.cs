using System.Text.Json;
using Dispatcher.Limiting;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Hosting;

/// <summary>
/// The catalog of jobs. Answers <c>{"job":"$list"}</c> and <c>{"job":"$describe","parameters":{"name":"…"}}</c> without creating a job.
/// </summary>
/// <param name="registry">The registered jobs.</param>
/// <param name="configuration">The source of parameters that a payload omits.</param>
public sealed class JobCatalog(JobRegistry registry, IConfiguration configuration)
{
    /// <summary>The name that lists all jobs.</summary>
    public const string ListName = "$list";

    /// <summary>The name that describes one job.</summary>
    public const string DescribeName = "$describe";

    /// <summary>The name that asks which jobs are overdue. A host with a run store answers it; see <see cref="IsWatch"/>.</summary>
    public const string WatchName = "$watch";

    private static readonly JobParameters<DescribeParameters> DescribeBinding = new(CatalogJsonContext.Default.DescribeParameters);

    /// <summary>Describes all jobs.</summary>
    /// <returns>The jobs, by name.</returns>
    public IReadOnlyList<JobDescription> List() => [.. registry.Jobs.Select(Describe)];

    /// <summary>Describes one job, with the limits of its runs.</summary>
    /// <param name="name">The job's name.</param>
    /// <returns>The job.</returns>
    /// <exception cref="JobRequestException">No such job is registered, or the setting of a limit cannot be read.</exception>
    public JobDescription Describe(string name) => registry.TryFind(name, out var job)
        ? Describe(job) with { Limits = DescribeLimits(job, ChangeLimits.None) }
        : throw new JobRequestException([registry.DescribeMissing(name)]);

    /// <summary>Determines whether a payload asks which jobs are overdue, and checks it.</summary>
    /// <param name="payload">Any payload.</param>
    /// <returns><see langword="true"/> if it does.</returns>
    /// <exception cref="JobRequestException">The payload has parameters.</exception>
    public static bool IsWatch(JsonElement payload)
    {
        if (payload.ValueKind != JsonValueKind.Object
            || !PayloadText.TryGetProperty(payload, "job", out var job)
            || PayloadText.Text(job) != WatchName)
        {
            return false;
        }

        if (PayloadText.TryGetProperty(payload, "parameters", out var given)
            && given is not ({ ValueKind: JsonValueKind.Null } or { ValueKind: JsonValueKind.Object })
            || given.ValueKind == JsonValueKind.Object && given.EnumerateObject().Any())
        {
            throw new JobRequestException([$"'{WatchName}' has no parameters. Its limits are settings: Watch:JOB:MaxHours."]);
        }

        return true;
    }

    /// <summary>Answers a payload that asks about jobs.</summary>
    /// <param name="payload">Any payload.</param>
    /// <param name="answer">The answer, if the payload's job begins with <c>$</c>.</param>
    /// <returns><see langword="true"/> if the payload asks about jobs.</returns>
    /// <exception cref="JobRequestException">The query is unknown, or its parameters have problems.</exception>
    public bool TryAnswer(JsonElement payload, out JsonElement answer)
    {
        answer = default;
        if (payload.ValueKind != JsonValueKind.Object
            || !PayloadText.TryGetProperty(payload, "job", out var job)
            || PayloadText.Text(job) is not ['$', ..] name)
        {
            return false;
        }

        if (name == WatchName)
        {
            return false;
        }

        answer = name switch
        {
            ListName => JsonElement.Parse(JsonLine.Create(List(), Write).Span),
            DescribeName => JsonSerializer.SerializeToElement(Describe(ReadName(payload)), DispatcherJsonContext.Default.JobDescription),
            _ => throw new JobRequestException(
                [$"'{PayloadText.Shorten(name)}' is not a known query."
                    + $"{SpellingSuggester.DidYouMean(name, [ListName, DescribeName, WatchName])} "
                    + $"Available: {ListName}, {DescribeName}, {WatchName}."]),
        };
        return true;
    }

    /// <summary>Writes jobs without the metadata of a JSON contract, which a cold start would create for this answer alone.</summary>
    private static void Write(Utf8JsonWriter writer, IReadOnlyList<JobDescription> jobs)
    {
        writer.WriteStartArray();
        foreach (var job in jobs)
        {
            writer.WriteStartObject();
            writer.WriteString("name", job.Name);
            writer.WriteString("description", job.Description);
            writer.WritePropertyName("parameters");
            job.Parameters.WriteTo(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static JobDescription Describe(JobDescriptor job) => new(job.Name, job.Description, FixedParameters.CreateSchema(job));

    /// <summary>Describes the limits of one run.</summary>
    /// <param name="request">The request of the run.</param>
    /// <returns>The limits in force, by name.</returns>
    /// <exception cref="JobRequestException">The setting of a limit cannot be read.</exception>
    public IReadOnlyDictionary<string, LimitDescription> DescribeLimits(BoundRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return DescribeLimits(request.Job, request.Request.Limits);
    }

    private Dictionary<string, LimitDescription> DescribeLimits(JobDescriptor job, ChangeLimits requested)
    {
        var problems = new ProblemList();
        var limits = LimitsInForce.Resolve(job.Name, job.Limits, requested, configuration, problems);
        problems.ThrowIfAny();
        return limits.All.ToDictionary(
            static limit => limit.Kind.Field, static limit => new LimitDescription(limit.Value, limit.Origin), StringComparer.Ordinal);
    }

    private string ReadName(JsonElement payload)
    {
        var problems = new ProblemList();
        var parameters = PayloadText.TryGetProperty(payload, "parameters", out var given) ? given : default;
        var bound = (DescribeParameters?)DescribeBinding.Bind(DescribeName, parameters, configuration, problems);
        problems.ThrowIfAny();
        return bound!.Name;
    }
}
