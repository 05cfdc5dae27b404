using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Jobs.Http.HttpTrigger;
using Dispatcher.Testing;

namespace Dispatcher.Jobs.Http.Tests;

/// <summary>Makes dispatchers with the one job, and payloads for it.</summary>
internal static class HttpTriggerHarness
{
    /// <summary>Makes a dispatcher. Retries pause for a millisecond unless the test says otherwise.</summary>
    public static JobHarness Create(
        Dictionary<string, string?>? configuration = null, TimeProvider? timeProvider = null, Action<IDispatcherBuilder>? configure = null)
    {
        var settings = new Dictionary<string, string?> { ["Retry:BaseDelaySeconds"] = "0.001", ["Retry:MaxDelaySeconds"] = "0.001" };
        foreach (var (key, value) in configuration ?? [])
        {
            settings[key] = value;
        }

        return new JobHarness(
            builder =>
            {
                configure?.Invoke(builder);
                builder.AddHttpTrigger();
            },
            settings,
            timeProvider);
    }

    public static string Payload(string url, string more = "{}", bool dryRun = false)
    {
        var parameters = JsonNode.Parse(more)!.AsObject();
        parameters["url"] = url;
        return JsonSerializer.Serialize(new JsonObject { ["job"] = "http-trigger", ["dryRun"] = dryRun, ["parameters"] = parameters });
    }
}
