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
    /// <param name="defaults">The account and the region of the deployment, if they are known.</param>
    /// <returns>One event of a schedule; of a pattern one for each combination of its alternatives.</returns>
    public static IReadOnlyList<JsonObject> For(Trigger trigger, DateTimeOffset time, TemplateDefaults defaults) => trigger.Kind switch
    {
        TriggerKind.EventRule when trigger.Pattern is { } pattern =>
            [.. PatternSamples.For(pattern).Take(Most).Select(fields => Complete(fields, time, defaults))],
        TriggerKind.Scheduler => [Scheduled("aws.scheduler", JsonValue.Create("{}"), trigger, time, defaults)],
        TriggerKind.ScheduleRule => [Scheduled("aws.events", new JsonObject(), trigger, time, defaults)],
        _ => [],
    };

    /// <summary>Writes a time as events do.</summary>
    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Scheduled(
        string source, JsonNode detail, Trigger trigger, DateTimeOffset time, TemplateDefaults defaults) => Complete(
        new JsonObject
        {
            ["source"] = source,
            ["detail-type"] = "Scheduled Event",
            ["resources"] = new JsonArray($"arn:aws:events:{RegionOf(defaults)}:{AccountOf(defaults)}:rule/{trigger.Resource}"),
            ["detail"] = detail,
        },
        time,
        defaults);

    private static string RegionOf(TemplateDefaults defaults) => defaults.Region ?? TemplateNames.SampleRegion;

    private static string AccountOf(TemplateDefaults defaults) => defaults.Account ?? TemplateNames.SampleAccount;

    private static JsonObject Complete(JsonObject fields, DateTimeOffset time, TemplateDefaults defaults)
    {
        var @event = new JsonObject
        {
            ["version"] = "0",
            ["id"] = Id,
            ["detail-type"] = "Example",
            ["source"] = "example",
            ["account"] = AccountOf(defaults),
            ["time"] = Write(time),
            ["region"] = RegionOf(defaults),
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
