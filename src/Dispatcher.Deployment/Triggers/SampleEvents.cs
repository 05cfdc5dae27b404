using System.Globalization;
using System.Text.Json.Nodes;
using Dispatcher.Deployment.Templates;

namespace Dispatcher.Deployment.Triggers;

/// <summary>Functions that create sample events of a trigger, with invented ids and times.</summary>
internal static class SampleEvents
{
    private const string Id = "6a7e8feb-b491-4cf7-a9f1-bf3703467718";

    /// <summary>The most events created from one pattern.</summary>
    private const int Most = 32;

    /// <summary>Creates the events.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="time">The time of the events.</param>
    /// <returns>One event of a schedule; of a pattern one for each combination of its alternatives.</returns>
    public static IReadOnlyList<JsonObject> For(Trigger trigger, DateTimeOffset time) => trigger.Kind switch
    {
        TriggerKind.EventRule when trigger.Pattern is { } pattern =>
            [.. PatternSamples.For(pattern).Take(Most).Select(fields => Complete(fields, time))],
        TriggerKind.Scheduler => [Scheduled("aws.scheduler", JsonValue.Create("{}"), trigger, time)],
        TriggerKind.ScheduleRule => [Scheduled("aws.events", new JsonObject(), trigger, time)],
        _ => [],
    };

    /// <summary>Writes a time as events do.</summary>
    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Scheduled(string source, JsonNode detail, Trigger trigger, DateTimeOffset time) => Complete(
        new JsonObject
        {
            ["source"] = source,
            ["detail-type"] = "Scheduled Event",
            ["resources"] = new JsonArray($"arn:aws:events:us-east-1:{TemplateNames.Account}:rule/{trigger.Resource}"),
            ["detail"] = detail,
        },
        time);

    private static JsonObject Complete(JsonObject fields, DateTimeOffset time)
    {
        var @event = new JsonObject
        {
            ["version"] = "0",
            ["id"] = Id,
            ["detail-type"] = "Example",
            ["source"] = "example",
            ["account"] = TemplateNames.Account,
            ["time"] = Write(time),
            ["region"] = "us-east-1",
            ["resources"] = new JsonArray(),
            ["detail"] = new JsonObject(),
        };
        foreach (var (name, value) in fields)
        {
            @event[name] = value?.DeepClone();
        }

        return @event;
    }
}
