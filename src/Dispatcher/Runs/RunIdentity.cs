namespace Dispatcher.Runs;

/// <summary>The start of a run, and the id that is made from it.</summary>
/// <param name="StartedAt">The start of the run, in UTC.</param>
/// <param name="RunId">The id of the run, a UUID that sorts by time.</param>
internal readonly record struct RunIdentity(DateTimeOffset StartedAt, string RunId)
{
    public static RunIdentity Create(TimeProvider timeProvider)
    {
        var now = timeProvider.GetUtcNow();
        return new RunIdentity(now, Guid.CreateVersion7(now).ToString());
    }
}
