using Dispatcher.Text;

namespace Dispatcher.Deployment.Schedules;

/// <summary>A <c>rate(5 minutes)</c> expression. A day is 24 hours, even when the clock changes.</summary>
/// <param name="value">How many units.</param>
/// <param name="unit">The unit, one of it: <c>minute</c>, <c>hour</c>, <c>day</c>.</param>
/// <param name="host">The service that evaluates it.</param>
internal sealed class RateExpression(int value, string unit, ExpressionHost host) : ScheduleExpression
{
    /// <summary>The units, and how long each is.</summary>
    public static readonly IReadOnlyDictionary<string, TimeSpan> Units = new Dictionary<string, TimeSpan>(StringComparer.Ordinal)
    {
        ["minute"] = TimeSpan.FromMinutes(1),
        ["hour"] = TimeSpan.FromHours(1),
        ["day"] = TimeSpan.FromDays(1),
    };

    /// <summary>Gets the time between two fires.</summary>
    public TimeSpan Interval { get; } = Units[unit] * value;

    /// <inheritdoc />
    public override bool IsCountedFromDeployment => true;

    /// <inheritdoc />
    public override string Describe() => value == 1 ? $"every {unit}" : $"every {Quantity.Count(value, unit)}";

    /// <inheritdoc />
    public override IEnumerable<FireTime> After(DateTimeOffset moment, TimeZoneInfo zone, DateTimeOffset? start)
    {
        // Without a start, Scheduler fires as soon as the schedule is created, and a rule one interval later.
        var next = start is not { } begin
            ? host == ExpressionHost.Scheduler ? moment : moment + Interval
            : begin > moment ? begin : begin + Interval * Math.Floor((moment - begin) / Interval + 1);
        for (; DateTimeOffset.MaxValue - next > Interval; next += Interval)
        {
            yield return new FireTime(next);
        }
    }
}
