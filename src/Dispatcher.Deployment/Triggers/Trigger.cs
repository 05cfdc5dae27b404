using System.Text.Json.Nodes;
using Dispatcher.Deployment.Schedules;

namespace Dispatcher.Deployment.Triggers;

/// <summary>A rule, schedule or queue of a template that starts jobs.</summary>
/// <param name="Resource">Its place in the template: <c>RotateLogsRule</c>, <c>DispatcherFunction.Nightly</c>.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="State">Its state.</param>
public sealed record Trigger(string Resource, TriggerKind Kind, TriggerState State)
{
    /// <summary>Gets the condition under which it is deployed.</summary>
    public string? Condition { get; init; }

    /// <summary>Gets the schedule expression as written.</summary>
    public string? ExpressionText { get; init; }

    /// <summary>Gets the schedule, if AWS accepts it.</summary>
    public ScheduleExpression? Expression { get; init; }

    /// <summary>Gets the time zone in which the schedule is read.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Gets the name of that time zone: <c>Europe/Berlin</c>, or a placeholder if only a deployment knows it.</summary>
    public string ZoneName => Unknown.GetValueOrDefault(TriggerProperty.TimeZone) ?? Zone.Id;

    /// <summary>
    /// Gets the properties whose values only a deployment knows, such as <c>ScheduleExpressionTimezone</c>, with the placeholders that
    /// stand for the values.
    /// </summary>
    public IReadOnlyDictionary<string, string> Unknown { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the start of the schedule.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Gets the end of the schedule.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Gets the flexible time window: how late EventBridge Scheduler may start it.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>Gets the event pattern.</summary>
    public JsonObject? Pattern { get; init; }

    /// <summary>Gets the event bus.</summary>
    public string Bus { get; init; } = "default";

    /// <summary>Gets the address of the queue.</summary>
    public string? Queue { get; init; }

    /// <summary>Gets the targets.</summary>
    public IReadOnlyList<TriggerTarget> Targets { get; init; } = [];

    /// <summary>Gets the name by which findings distinguish a target from the others.</summary>
    /// <param name="target">The target.</param>
    /// <returns>Its id, or else its number; <see langword="null"/> if it is the only one.</returns>
    internal string? NameOf(TriggerTarget target) =>
        Targets.Count < 2 ? null : target.Id ?? $"{Targets.TakeWhile(other => !ReferenceEquals(other, target)).Count() + 1}";

    /// <summary>Gets a value indicating whether its times depend on the time of the deployment.</summary>
    public bool IsApproximate => Expression is { IsCountedFromDeployment: true } && Start is null;

    /// <summary>Gets why its times are not known: a clause about the values that only a deployment knows.</summary>
    /// <value><see langword="null"/> if they are known, or if it has no schedule.</value>
    public string? WhyTimesAreUnknown
    {
        get
        {
            string[] decisive =
            [
                TriggerProperty.Expression,
                .. Expression is { IsCountedFromDeployment: false } ? [TriggerProperty.TimeZone] : Array.Empty<string>(),
                .. Expression is { HasPeriod: true } ? [TriggerProperty.Start, TriggerProperty.End] : Array.Empty<string>(),
            ];
            string[] unknown = [.. decisive.Where(Unknown.ContainsKey).Select(name => $"{name} is {Unknown[name]}")];
            return unknown.Length == 0 ? null : string.Join(" and ", unknown);
        }
    }

    /// <summary>
    /// Returns the times after a moment, including those that the clock skips. The sequence is infinite if the schedule has no
    /// end, and empty if its times are not known.
    /// </summary>
    public IEnumerable<FireTime> FireTimesAfter(DateTimeOffset moment)
    {
        if (WhyTimesAreUnknown is not null)
        {
            return [];
        }

        var times = Expression?.After(moment, Zone, Start) ?? [];

        // The moment of a skipped time is a guess, so that only a time at which it fires can be the first beyond the end.
        return Expression is { HasPeriod: true } && End is { } end
            ? times.TakeWhile(fire => fire.Kind == FireTimeKind.Skipped || fire.At <= end).Where(fire => fire.At <= end)
            : times;
    }

    /// <summary>Returns the times after a moment at which it fires.</summary>
    public IEnumerable<DateTimeOffset> FiresAfter(DateTimeOffset moment) =>
        FireTimesAfter(moment).Where(fire => fire.Kind != FireTimeKind.Skipped).Select(fire => fire.At);
}
