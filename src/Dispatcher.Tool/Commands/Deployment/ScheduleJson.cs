using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatcher.Deployment;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Schedules;
using Dispatcher.Text;

namespace Dispatcher.Tool.Commands.Deployment;

/// <summary>The JSON form of the schedules.</summary>
internal static class ScheduleJson
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:sszzz";

    /// <summary>Creates the JSON.</summary>
    public static JsonElement Create(ScheduleListing view) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["template"] = view.Path,
        ["timeZone"] = view.Zone.Id,
        ["triggers"] = new JsonArray([.. view.Shown.Select(job => Describe(job, view))]),
        ["findings"] = new JsonArray([.. view.Inspection.Findings.Select(Describe)]),
    });

    /// <summary>Describes a finding.</summary>
    public static JsonObject Describe(Finding finding)
    {
        var described = new JsonObject
        {
            ["severity"] = Name(finding.Severity),
            ["resource"] = finding.Resource,
            ["message"] = finding.Message,
        };
        if (finding.Target is { } target)
        {
            described["target"] = target;
        }

        return described;
    }

    private static JsonObject Describe(JobTrigger job, ScheduleListing view)
    {
        var trigger = job.Trigger;
        var described = new JsonObject
        {
            ["resource"] = trigger.Resource,
            ["kind"] = Name(trigger.Kind),
            ["state"] = Name(trigger.State),
            ["condition"] = trigger.Condition,
            ["target"] = job.Target,
            ["job"] = job.Job,
            ["function"] = job.Function?.Resource,
            ["expression"] = trigger.ExpressionText,
            ["expressionTimeZone"] = trigger.ExpressionText is null ? null : trigger.ZoneName,
            ["description"] = trigger.Expression?.Describe(),
            ["start"] = Write(trigger.Start, view),
            ["end"] = Write(trigger.End, view),
            ["windowMinutes"] = trigger.Window > TimeSpan.Zero ? trigger.Window.TotalMinutes : null,
            ["unknown"] = trigger.Unknown.Count == 0 ? null : new JsonObject(trigger.Unknown.Select(
                static property => KeyValuePair.Create(property.Key, (JsonNode?)property.Value))),
            ["pattern"] = trigger.Pattern?.DeepClone(),
            ["bus"] = trigger.Pattern is null ? null : trigger.Bus,
            ["queue"] = trigger.Queue,
            ["input"] = Parse(job.Input is { } input ? RedactedJson.Mask(input) : null),
            ["approximate"] = trigger.Expression is null ? null : trigger.IsApproximate,
            ["next"] = trigger.Expression is null || trigger.WhyTimesAreUnknown is not null
                ? null
                : new JsonArray([.. view.NextOf(trigger).Select(fire => Describe(fire, view))]),
        };
        foreach (var (name, value) in described.ToList())
        {
            if (value is null && name != "job")
            {
                described.Remove(name);
            }
        }

        return described;
    }

    private static JsonObject Describe(FireTime fire, ScheduleListing view) =>
        new() { ["at"] = Write(fire.At, view), ["kind"] = Name(fire.Kind) };

    private static string? Write(DateTimeOffset? time, ScheduleListing view) =>
        time is { } given ? TimeZoneInfo.ConvertTime(given, view.Zone).ToString(
            TimeFormat, System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>An input that is not JSON is shown as text.</summary>
    private static JsonNode? Parse(string? input)
    {
        try
        {
            return input is null ? null : JsonSerializer.SerializeToNode(JsonElement.Parse(input));
        }
        catch (JsonException)
        {
            return input;
        }
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
