using Quartz;

namespace Dispatcher.Deployment.Schedules;

/// <summary>A valid <c>cron(minutes hours day-of-month month day-of-week year)</c> expression.</summary>
/// <param name="fields">The six fields.</param>
internal sealed class CronSchedule(IReadOnlyList<string> fields) : ScheduleExpression
{
    // Quartz's first field is the second; the others are AWS's, but for names beside numbers (MON-6, JAN/3), which it misreads. It counts
    // on a clock that is never set: the zone is applied afterwards.
    private readonly CronExpression _clock =
        new($"0 {string.Join(' ', CronField.All.Zip(fields, static (field, text) => field.ToNumbers(text)))}", TimeZoneInfo.Utc);

    /// <inheritdoc />
    public override string? Describe() => CronDescription.Describe(fields);

    /// <inheritdoc />
    public override IEnumerable<FireTime> After(DateTimeOffset moment, TimeZoneInfo zone, DateTimeOffset? start)
    {
        var from = start > moment ? start.Value.AddTicks(-1) : moment;
        var wall = new DateTimeOffset(TimeZoneInfo.ConvertTime(from, zone).DateTime, TimeSpan.Zero);
        while (_clock.GetNextValidTimeAfter(wall) is { } next)
        {
            wall = next;
            var fire = WallClock.ToFireTime(next.DateTime, zone);
            if (fire.At > from)
            {
                yield return fire;
            }
        }
    }
}
