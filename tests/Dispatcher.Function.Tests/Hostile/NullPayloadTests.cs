using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Function.Tests.Retries;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Function.Tests.Hostile;

/// <summary>
/// Puts null in every place of payloads that give every parameter. The function refuses it in its own words, or the job gets on with it.
/// </summary>
public sealed class NullPayloadTests
{
    private static readonly KeyValuePair<string, string?>[] Settings =
    [
        new("DATABASE_URL_SCANNER", "postgres://jobs:x@127.0.0.1:1/app"),
        new("DATABASE_URL", "postgres://jobs:x@127.0.0.1:1/app"),
        new("INTERNAL_KEY", "x"),
        new("CELERY_ALLOWED_TASKS", "*"),
        new("SSM_ALLOWED_DOCUMENTS", "*"),
        new("SSM_ALLOWED_TARGETS", "*"),
        new("HttpEndpoints:hook:Url", "https://127.0.0.1:1/"),
        new("EcsTasks:report:TaskDefinition", "report"),
        new("SsmCommands:uptime:Commands", "uptime"),
    ];

    [Test]
    public async Task Payloads_Together_GiveEveryParameterOfEveryJob()
    {
        await using var services = AllJobs.Build();
        var given = FullPayloads.Payloads.GroupBy(static payload => (string)payload["job"]!).ToDictionary(
            static group => group.Key,
            static group => group.SelectMany(static payload => payload["parameters"]!.AsObject())
                .Select(static field => field.Key).ToHashSet());

        var missing = services.GetRequiredService<JobRegistry>().Jobs.SelectMany(job => job.Parameters.All
            .Where(parameter => !given.TryGetValue(job.Name, out var names) || !names.Contains(parameter.Name))
            .Select(parameter => $"{job.Name} {parameter.Name}"));

        Assert.That(missing, Is.Empty, "FullPayloads lacks parameters");
    }

    [Test]
    public async Task Payloads_AsTheyAre_AreReadable()
    {
        await using var services = AllJobs.Build();
        var reader = services.GetRequiredService<JobRequestReader>();

        Assert.That(
            FullPayloads.Payloads.Where(static payload => !payload.ToJsonString().Contains("outputS3", StringComparison.Ordinal)),
            Is.All.Matches<JsonNode>(payload => reader.Read(JsonElement.Parse(payload!.ToJsonString())) is not null));
    }

    [Test]
    public async Task HandleAsync_NullInEveryPlace_IsRefusedByItsPathOrRuns()
    {
        await using var function = new FailingFunction("http://127.0.0.1:1", Settings);
        var problems = new List<string>();
        var refused = 0;
        foreach (var (payload, path) in FullPayloads.WithNulls)
        {
            try
            {
                var answer = await function.InvokeAsync(payload);
                if (answer.Contains("reference not set", StringComparison.Ordinal)
                    || answer.Contains("Exception", StringComparison.Ordinal))
                {
                    problems.Add($"{path} of {payload}: {answer}");
                }
            }
            catch (JobRequestException exception)
            {
                refused++;
                if (exception.Message.Contains("null", StringComparison.Ordinal)
                    && !PathsOf(path).Any(named => exception.Message.Contains($"'{named}'", StringComparison.Ordinal)))
                {
                    problems.Add($"{path} of {payload}: {exception.Message}");
                }
            }
            catch (Exception exception)
            {
                problems.Add($"{path} of {payload}: {exception}");
            }
        }

        Assert.That(problems, Is.Empty);
        Assert.That(refused, Is.GreaterThan(50));
    }

    /// <summary>Gets the ways to name a place: whole, the parameter alone, and without the name of a header.</summary>
    private static string[] PathsOf(string path)
    {
        var top = path[1..].Split('.', '[')[0];
        return [path[1..], top, $"{top}.***"];
    }
}
