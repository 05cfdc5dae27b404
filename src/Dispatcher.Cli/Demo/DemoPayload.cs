using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Cli.Samples;
using Dispatcher.Hosting;

namespace Dispatcher.Cli.Demo;

/// <summary>Functions that make the payloads of the demo's runs.</summary>
internal static class DemoPayload
{
    /// <summary>Makes the payload.</summary>
    /// <param name="job">The job.</param>
    /// <param name="dryRun">Whether to only plan.</param>
    /// <param name="parameters">The job's parameters.</param>
    /// <param name="slot">The slot that the run is for, where it matters.</param>
    /// <returns>The payload.</returns>
    public static JsonElement Create(string job, bool dryRun, JsonObject parameters, string? slot = null)
    {
        var payload = new JsonObject { ["job"] = job, ["dryRun"] = dryRun, ["parameters"] = parameters.DeepClone() };
        if (slot is not null)
        {
            payload["id"] = slot;
        }

        return Read(payload);
    }

    /// <summary>Reads a payload.</summary>
    /// <param name="payload">The payload.</param>
    /// <returns>The same as the function would read it.</returns>
    public static JsonElement Read(JsonObject payload) =>
        JobRequestReader.Parse(JsonSerializer.SerializeToUtf8Bytes<JsonNode>(payload));

    /// <summary>Makes the parameters of the cleanup.</summary>
    /// <returns>The parameters.</returns>
    public static JsonObject CleanupParameters() => new()
    {
        // The server dates everything now: with an age limit nothing would be old enough.
        ["cleanupAgeHours"] = 0,
        ["orphans"] = "delete",
        ["finishedTag"] = DemoKinds.FinishedTag,
    };
}
