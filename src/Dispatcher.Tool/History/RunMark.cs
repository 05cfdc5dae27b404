using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Tool.History;

/// <summary>What is noted of a run when it starts.</summary>
/// <param name="RunId">The id of the run.</param>
/// <param name="Job">The job.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Location">The history that receives the record of the run.</param>
internal sealed record RunMark(string RunId, string Job, DateTimeOffset StartedAt, string Location)
{
    /// <summary>Reads a mark.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>The mark; <see langword="null"/> if the text is not one, perhaps because it is being written.</returns>
    public static RunMark? Read(string json)
    {
        try
        {
            return JsonNode.Parse(json) is JsonObject mark
                ? new RunMark(
                    mark["runId"]!.GetValue<string>(),
                    mark["job"]!.GetValue<string>(),
                    mark["startedAt"]!.GetValue<DateTimeOffset>(),
                    mark["location"]!.GetValue<string>())
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException
            or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>Writes the mark.</summary>
    /// <returns>The JSON.</returns>
    public string Write() => new JsonObject
    {
        ["runId"] = RunId, ["job"] = Job, ["startedAt"] = StartedAt, ["location"] = Location,
    }.ToJsonString();
}
