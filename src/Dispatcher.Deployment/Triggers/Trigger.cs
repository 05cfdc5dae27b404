using System.Text.Json.Nodes;
using Dispatcher.Deployment.Schedules;

namespace Dispatcher.Deployment.Triggers;

/// <summary>Is one thing in a template that starts jobs.</summary>
/// <param name="Resource">Where it stands: <c>DailyUptimeRule</c>, <c>DispatcherFunction.Nightly</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="State">Whether it does anything.</param>
internal sealed record Trigger(string Resource, TriggerKind Kind, TriggerState State)
{
    /// <summary>Gets the condition on which it is deployed.</summary>
    public string? Condition { get; init; }

    /// <summary>Gets its schedule as it is written.</summary>
    public string? ExpressionText { get; init; }

    /// <summary>Gets its schedule, where it is one that AWS accepts.</summary>
    public ScheduleExpression? Expression { get; init; }

    /// <summary>Gets the time zone in which the schedule is read.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Gets when the schedule begins.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Gets when the schedule ends.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Gets how long after its time EventBridge Scheduler may start it.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>Gets what events it takes.</summary>
    public JsonObject? Pattern { get; init; }

    /// <summary>Gets the event bus that it listens to.</summary>
    public string Bus { get; init; } = "default";

    /// <summary>Gets where a queue's messages come from.</summary>
    public string? Queue { get; init; }

    /// <summary>Gets what it starts.</summary>
    public IReadOnlyList<TriggerTarget> Targets { get; init; } = [];

    /// <summary>Gets a value indicating whether its times are counted from a moment that is not known here.</summary>
    public bool IsApproximate => Expression is { IsCountedFromDeployment: true } && Start is null;

    /// <summary>Lists its times after a moment, those that the clock jumps over too; without end where it has none.</summary>
    public IEnumerable<FireTime> FireTimesAfter(DateTimeOffset moment) =>
        Expression?.After(moment, Zone, Start).TakeWhile(fire => !(fire.At > End)) ?? [];

    /// <summary>Lists the times after a moment at which it really fires.</summary>
    public IEnumerable<DateTimeOffset> FiresAfter(DateTimeOffset moment) =>
        FireTimesAfter(moment).Where(fire => fire.Kind != FireTimeKind.Skipped).Select(fire => fire.At);
}
