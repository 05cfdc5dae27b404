namespace Dispatcher.Deployment.Schedules;

/// <summary>Is a schedule expression that AWS accepts.</summary>
internal abstract class ScheduleExpression
{
    /// <summary>Gets a value indicating whether its times are counted from a moment that is not known here: the deployment.</summary>
    public virtual bool IsCountedFromDeployment => false;

    /// <summary>Says it in words, or answers <see langword="null"/> where the expression says it best.</summary>
    public abstract string? Describe();

    /// <summary>Lists the times after a moment, in order, without end where the schedule has none.</summary>
    /// <param name="moment">The times begin after it.</param>
    /// <param name="zone">The time zone in which the expression is read.</param>
    /// <param name="start">When the schedule begins, where it says so.</param>
    public abstract IEnumerable<FireTime> After(DateTimeOffset moment, TimeZoneInfo zone, DateTimeOffset? start);
}
