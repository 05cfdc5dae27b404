using System.Globalization;
using System.Text.Json.Nodes;
using Dispatcher.Deployment.Schedules;
using Dispatcher.Deployment.Templates;

namespace Dispatcher.Deployment.Triggers;

/// <summary>A reader of what decides when a trigger fires.</summary>
/// <param name="findings">Receives expressions, zones and times that AWS would reject.</param>
internal sealed class ScheduleReader(FindingCollection findings)
{
    /// <summary>Reads whether a trigger is switched on.</summary>
    /// <param name="trigger">The trigger so far.</param>
    /// <param name="source">Its properties, with <c>State</c> or <c>Enabled</c>.</param>
    public static Trigger Switch(Trigger trigger, JsonObject source)
    {
        var state = source[TriggerProperty.State].Text();
        if (trigger.State != TriggerState.Enabled)
        {
            return trigger;
        }

        if ((state ?? source["Enabled"].Text()) is { } text && TemplateNames.IsUnknown(text))
        {
            return trigger with
            {
                State = TriggerState.Unknown,
                Unknown = With(trigger.Unknown, KeyValuePair.Create(TriggerProperty.State, text)),
            };
        }

        var isOff = state?.StartsWith("DISABLED", StringComparison.Ordinal) ?? source["Enabled"].Text() == "false";
        return isOff ? trigger with { State = TriggerState.Disabled } : trigger;
    }

    /// <summary>Reads a schedule of EventBridge Scheduler.</summary>
    /// <param name="begun">The trigger so far.</param>
    /// <param name="source">The properties of the schedule.</param>
    /// <param name="target">The target, if it has one.</param>
    public Trigger ReadScheduler(Trigger begun, JsonObject source, TriggerTarget? target)
    {
        var before = findings.CountOf(Severity.Error);
        var zone = TimeZoneInfo.Utc;
        if (source[TriggerProperty.TimeZone].Text() is { } name && !TemplateNames.IsUnknown(name))
        {
            zone = TimeZones.Find(name, out var problem);
            if (zone is null)
            {
                findings.Error(begun.Resource, problem);
            }
        }

        var window = source[TriggerProperty.Window];
        var start = ReadTime(source, TriggerProperty.Start, begun.Resource);
        var end = ReadTime(source, TriggerProperty.End, begun.Resource);
        var areValid = findings.CountOf(Severity.Error) == before;
        if (start >= end)
        {
            findings.Error(
                begun.Resource,
                $"EndDate ({SampleEvents.Write(end.Value)}) is not after StartDate ({SampleEvents.Write(start.Value)}).");
        }

        var switched = Switch(begun, source);
        var trigger = switched with
        {
            Kind = TriggerKind.Scheduler,
            Zone = zone ?? TimeZoneInfo.Utc,
            Start = start,
            End = end,
            Window = TimeSpan.FromMinutes(
                window.Field("Mode").Text() == "FLEXIBLE" ? window.Field("MaximumWindowInMinutes").Number() ?? 0 : 0),
            Targets = target is null ? [] : [target],
            Unknown = With(switched.Unknown, UnknownOf(source)),
        };
        var schedule = ReadExpression(trigger, source[TriggerProperty.Expression].Text() ?? string.Empty, ExpressionHost.Scheduler);

        // A time in another zone or period than the one that was meant would be wrong.
        return areValid ? schedule : schedule with { Expression = null };
    }

    private static IEnumerable<KeyValuePair<string, string>> UnknownOf(JsonObject schedule)
    {
        var window = schedule[TriggerProperty.Window];
        var mode = (window as JsonValue ?? window.Field("Mode")).Text();
        return new Dictionary<string, string?>
        {
            [TriggerProperty.TimeZone] = schedule[TriggerProperty.TimeZone].Text(),
            [TriggerProperty.Start] = schedule[TriggerProperty.Start].Text(),
            [TriggerProperty.End] = schedule[TriggerProperty.End].Text(),
            [TriggerProperty.Window] = mode == "FLEXIBLE" ? window.Field("MaximumWindowInMinutes").Text() : mode,
        }.Where(static property => TemplateNames.IsUnknown(property.Value))!;
    }

    private static Dictionary<string, string> With(
        IReadOnlyDictionary<string, string> unknown, params IEnumerable<KeyValuePair<string, string>> more) => new(unknown.Concat(more));

    /// <summary>Reads a schedule expression.</summary>
    /// <param name="begun">The trigger so far.</param>
    /// <param name="text">The expression.</param>
    /// <param name="host">The service that evaluates it.</param>
    public Trigger ReadExpression(Trigger begun, string text, ExpressionHost host) => begun with
    {
        ExpressionText = text,
        Expression = TemplateNames.IsUnknown(text) ? null : new ExpressionReader(begun.Resource, findings).Read(text, host),
        Unknown = TemplateNames.IsUnknown(text)
            ? With(begun.Unknown, KeyValuePair.Create(TriggerProperty.Expression, text))
            : begun.Unknown,
    };

    private DateTimeOffset? ReadTime(JsonObject source, string field, string resource)
    {
        if (source[field].Text() is not { } text || TemplateNames.IsUnknown(text))
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        findings.Error(resource, $"{field} is '{text}', which is not a time. Write 2026-11-22T03:00:00Z.");
        return null;
    }
}
