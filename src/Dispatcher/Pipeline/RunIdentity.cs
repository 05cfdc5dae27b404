namespace Dispatcher.Pipeline;

/// <summary>Is the beginning of a run: its time, and the id that is made from it.</summary>
/// <param name="At">When the run began, in UTC.</param>
/// <param name="RunId">The run's id, a UUID that sorts by time.</param>
internal readonly record struct RunIdentity(DateTimeOffset At, string RunId)
{
    public static RunIdentity Now(TimeProvider timeProvider)
    {
        var now = timeProvider.GetUtcNow();
        return new RunIdentity(now, Guid.CreateVersion7(now).ToString());
    }
}
