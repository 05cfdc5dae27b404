using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Payload;

namespace Dispatcher.Cli.Demo;

/// <summary>Makes the payload of the demo's runs.</summary>
internal static class DemoPayload
{
    /// <summary>Makes the payload.</summary>
    /// <param name="job">The job.</param>
    /// <param name="dryRun">Whether to only plan.</param>
    /// <returns>The payload.</returns>
    public static JsonElement Create(string job, bool dryRun)
    {
        var payload = new JsonObject
        {
            ["job"] = job,
            ["dryRun"] = dryRun,
            ["parameters"] = new JsonObject
            {
                // The server dates everything now: with an age limit nothing would be old enough.
                ["cleanupAgeHours"] = 0,
                ["orphans"] = "delete",
                ["finishedTag"] = DemoKinds.FinishedTag,
            },
        };
        return JobRequestReader.Parse(JsonSerializer.SerializeToUtf8Bytes<JsonNode>(payload));
    }
}
