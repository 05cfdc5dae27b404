using System.Text.Json;
using System.Text.Unicode;
using Dispatcher.Limiting;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Hosting;

/// <summary>
/// The entry of every payload: reads it into a request and checks all of it, the fields around the job and the job's parameters.
/// </summary>
/// <param name="registry">The registered jobs.</param>
/// <param name="mappers">The mappers of payloads in other forms, such as native events.</param>
/// <param name="configuration">The source of parameters that the payload omits.</param>
public sealed class JobRequestReader(JobRegistry registry, IEnumerable<IPayloadMapper> mappers, IConfiguration configuration)
{
    private const int MaxIdLength = 256;
    private const int MaxDepth = 64;
    private const int MaxPlanLength = 1024;

    private static readonly string[] Fields =
    [
        "job", "dryRun", "parameters", "id", "scheduledTime", "continuation", "limits", ShardFields.Shards, ShardFields.Shard, "plan",
    ];

    private readonly IPayloadMapper[] _mappers = [.. mappers];

    /// <summary>Parses a payload's text.</summary>
    /// <param name="utf8">JSON in UTF-8, with or without a byte order mark, at most 64 levels deep.</param>
    /// <returns>The payload; it does not refer to <paramref name="utf8"/>.</returns>
    /// <exception cref="JobRequestException">The text is empty or is not JSON.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        var json = utf8.StartsWith(byteOrderMark) ? utf8[byteOrderMark.Length..] : utf8;
        if (json.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw new JobRequestException(["The payload is empty. Send at least {\"job\":\"NAME\"}."]);
        }

        if (!Utf8.IsValid(json))
        {
            throw new JobRequestException(["The payload is not UTF-8 text. Send JSON in UTF-8: {\"job\":\"NAME\"}."]);
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            var payload = JsonElement.ParseValue(ref reader);
            return reader.Read() ? throw new JsonException() : payload;
        }
        catch (JsonException)
        {
            throw new JobRequestException([UnreadableJson.Describe(json, MaxDepth)]);
        }
    }

    /// <summary>Reads and checks a payload.</summary>
    /// <param name="payload">The payload.</param>
    /// <returns>A request that can be dispatched.</returns>
    /// <exception cref="JobRequestException">The payload has problems; the message lists all of them.</exception>
    public BoundRequest Read(JsonElement payload)
    {
        var problems = new ProblemList();
        var request = Read(payload, problems);
        problems.ThrowIfAny();
        return request!;
    }

    /// <summary>Checks a request that was not read from a payload.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A request that can be dispatched.</returns>
    /// <exception cref="JobRequestException">
    /// The job is not registered, or its parameters have problems; the message lists all of them.
    /// </exception>
    public BoundRequest Bind(JobRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);

        var problems = new ProblemList();
        var bound = Bind(request, problems);
        foreach (var problem in LimitKind.DescribeInvalid(request.Limits))
        {
            problems.Add(problem);
        }

        problems.ThrowIfAny();
        return bound!;
    }

    private BoundRequest? Read(JsonElement payload, ProblemList problems)
    {
        if (payload.ValueKind == JsonValueKind.Object && !TryMap(ref payload, problems))
        {
            return null;
        }

        if (ForeignPayload.Describe(payload) is { } foreign)
        {
            problems.Add(foreign);
            return null;
        }

        if (payload.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"The payload is {PayloadText.Kind(payload)}, not an object. Send {{\"job\":\"NAME\"}}.");
            return null;
        }

        return ReadFields(payload, problems);
    }

    /// <summary>Maps a payload of another form. One form may hold another: a message of SNS, which is an event of EventBridge.</summary>
    private bool TryMap(ref JsonElement payload, ProblemList problems)
    {
        var rest = _mappers.ToList();
        while (Find(rest, payload) is { } mapper)
        {
            if (mapper.Map(payload, problems) is not { } mapped)
            {
                return false;
            }

            payload = mapped;
            if (mapped.ValueKind != JsonValueKind.Object || PayloadText.TryGetProperty(mapped, "job", out _))
            {
                return true;
            }

            rest.Remove(mapper);
        }

        return true;
    }

    private static IPayloadMapper? Find(List<IPayloadMapper> mappers, JsonElement payload) =>
        mappers.Find(mapper => mapper.CanMap(payload));

    private BoundRequest? ReadFields(JsonElement payload, ProblemList problems)
    {
        CheckFields(payload, problems);
        var request = new JobRequest(ReadJob(payload, problems) ?? string.Empty)
        {
            DryRun = ReadDryRun(payload, problems),
            Parameters = PayloadText.TryGetProperty(payload, "parameters", out var parameters) ? parameters : default,
            Id = ReadId(payload, problems),
            ScheduledTime = ReadScheduledTime(payload, problems),
            Continuation = ReadContinuation(payload, problems),
            Plan = ReadPlan(payload, problems),
            Limits = PayloadText.TryGetProperty(payload, "limits", out var limits) ? LimitsJson.Read(limits, problems) : ChangeLimits.None,
            Shards = ShardFields.ReadShards(payload, problems),
            Shard = ShardFields.ReadShard(payload, problems),
        };

        return request.Job.Length > 0 ? Bind(request, problems) : null;
    }

    private BoundRequest? Bind(JobRequest request, ProblemList problems)
    {
        if (registry.Find(request.Job, problems) is not { } job)
        {
            return null;
        }

        FixedParameters.Check(job, request.Parameters, problems);
        TaskName.Check(job, problems);
        ShardFields.Check(request, job, registry, problems);
        if (request is { Plan: not null, DryRun: false })
        {
            if (request is not { Shards: null, Shard: null })
            {
                problems.Add("The fields 'plan' and 'shards' exclude each other in a real run, because one run applies a plan. "
                    + "Remove 'shards' or 'shard'.");
            }

            // The parameters of the plan are bound when the plan has been read.
            if (request.Parameters.ValueKind != JsonValueKind.Undefined)
            {
                problems.Add("The fields 'plan' and 'parameters' exclude each other in a real run, which takes the parameters of the plan. "
                    + "Remove 'parameters', or add \"dryRun\":true to write a plan.");
            }

            return new BoundRequest(request, job, parameters: null);
        }

        var parameters = job.Parameters.Bind(job.Name, request.Parameters, configuration, problems);
        if (problems.Count == 0 && !PayloadText.IsUnicode(request.Parameters))
        {
            // A parameter of any JSON is not examined by the binding.
            problems.Add("Field 'parameters' contains half of a surrogate pair (such as \\ud800 alone), which is not text. "
                + "Send whole characters.");
        }

        return new BoundRequest(request, job, parameters);
    }

    private static void CheckFields(JsonElement payload, ProblemList problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in payload.EnumerateObject())
        {
            if (problems.IsFull)
            {
                return;
            }

            var name = PayloadText.Name(field);
            if (!Fields.Contains(name, StringComparer.Ordinal))
            {
                problems.Add($"Unknown field '{PayloadText.Shorten(name)}'.{SpellingSuggester.DidYouMean(name, Fields)} "
                             + $"Fields: {string.Join(", ", Fields)}. Put job-specific settings under \"parameters\".");
            }
            else if (!seen.Add(name))
            {
                problems.Add($"Field '{name}' appears twice. Give it once.");
            }
        }
    }

    private static string? ReadJob(JsonElement payload, ProblemList problems)
    {
        if (!PayloadText.TryGetProperty(payload, "job", out var job))
        {
            problems.Add("The payload has no field 'job'. Send {\"job\":\"NAME\"}; {\"job\":\"$list\"} lists the names.");
            return null;
        }

        if (PayloadText.Text(job) is { } name && !string.IsNullOrWhiteSpace(name))
        {
            return name;
        }

        problems.Add($"Field 'job' must be the name of a job, but is {PayloadText.Value(job)}.");
        return null;
    }

    private static bool ReadDryRun(JsonElement payload, ProblemList problems)
    {
        if (!PayloadText.TryGetProperty(payload, "dryRun", out var dryRun))
        {
            return false;
        }

        if (dryRun.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            problems.Add($"Field 'dryRun' must be true or false, but is {PayloadText.Value(dryRun)}.");
        }

        return dryRun.ValueKind != JsonValueKind.False;
    }

    private static string? ReadId(JsonElement payload, ProblemList problems)
    {
        if (!PayloadText.TryGetProperty(payload, "id", out var id) || id.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (PayloadText.Text(id) is { Length: > 0 and <= MaxIdLength } text)
        {
            return text;
        }

        problems.Add($"Field 'id' must be a string of 1 to {MaxIdLength} characters, but is {PayloadText.Value(id)}.");
        return null;
    }

    private static DateTimeOffset? ReadScheduledTime(JsonElement payload, ProblemList problems)
    {
        if (!PayloadText.TryGetProperty(payload, "scheduledTime", out var time) || time.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (PayloadText.Text(time) is not null && time.TryGetDateTimeOffset(out var value))
        {
            // Without an offset .NET takes the machine's time zone, and one slot would be two on two machines.
            return time.TryGetDateTime(out var bare) && bare.Kind == DateTimeKind.Unspecified
                ? new DateTimeOffset(bare, TimeSpan.Zero)
                : value.ToUniversalTime();
        }

        problems.Add($"Field 'scheduledTime' must be an ISO 8601 time such as \"2026-11-22T03:00:00Z\", but is {PayloadText.Value(time)}.");
        return null;
    }

    private static int ReadContinuation(JsonElement payload, ProblemList problems)
    {
        if (!PayloadText.TryGetProperty(payload, "continuation", out var continuation))
        {
            return 0;
        }

        if (continuation.ValueKind == JsonValueKind.Number
            && continuation.TryGetInt32(out var number)
            && number is >= 1 and <= JobRequest.MaxContinuation)
        {
            return number;
        }

        problems.Add($"Field 'continuation' must be a whole number from 1 to {JobRequest.MaxContinuation}, "
            + $"but is {PayloadText.Value(continuation)}.");
        return 0;
    }

    private static string? ReadPlan(JsonElement payload, ProblemList problems)
    {
        if (!PayloadText.TryGetProperty(payload, "plan", out var plan) || plan.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (PayloadText.Text(plan) is { Length: > 0 and <= MaxPlanLength } text && !text.Any(char.IsControl))
        {
            return text;
        }

        problems.Add($"Field 'plan' must be the location of a plan such as \"s3://BUCKET/plans/NAME.jsonl.gz\", "
            + $"but is {PayloadText.Value(plan)}.");
        return null;
    }
}
