namespace Dispatcher.Deployment.Schedules;

/// <summary>An <c>at(2026-11-22T03:00:00)</c> expression of EventBridge Scheduler, which fires once.</summary>
/// <param name="time">The time on the clock of the schedule's zone.</param>
internal sealed class OnceExpression(DateTime time) : ScheduleExpression
{
    /// <inheritdoc />
    public override bool HasPeriod => false;

    /// <inheritdoc />
    public override string Describe() => "once";

    /// <inheritdoc />
    public override IEnumerable<FireTime> After(DateTimeOffset moment, TimeZoneInfo zone, DateTimeOffset? start)
    {
        var fire = WallClock.ToFireTime(time, zone);
        return fire.At > moment ? [fire] : [];
    }
}
