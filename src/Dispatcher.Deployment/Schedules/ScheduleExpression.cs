namespace Dispatcher.Deployment.Schedules;

/// <summary>A schedule expression that AWS accepts.</summary>
public abstract class ScheduleExpression
{
    /// <summary>Gets a value indicating whether its times are counted from the deployment, whose time is not known here.</summary>
    public virtual bool IsCountedFromDeployment => false;

    /// <summary>Gets a value indicating whether the start and the end of a schedule apply to it.</summary>
    public virtual bool HasPeriod => true;

    /// <summary>Describes the expression in words; <see langword="null"/> if the expression itself is clearer.</summary>
    public abstract string? Describe();

    /// <summary>Returns the times after a moment, in order. The sequence is infinite if the schedule has no end.</summary>
    /// <param name="moment">The moment after which the times start.</param>
    /// <param name="zone">The time zone in which the expression is read.</param>
    /// <param name="start">The start of the schedule, if it has one.</param>
    public abstract IEnumerable<FireTime> After(DateTimeOffset moment, TimeZoneInfo zone, DateTimeOffset? start);
}
