namespace Dispatcher.Postgres;

/// <summary>Tells how long the server may still work for a run.</summary>
internal static class RunClock
{
    /// <summary>How long before the deadline the server stops at the latest, in milliseconds.</summary>
    private const long MarginMs = 1000;

    /// <summary>Gets how long a statement may take: less than what is left of the run, so that the server stops by itself.</summary>
    public static long? RemainingMs(JobContext context, TimeProvider timeProvider)
    {
        if (context.Deadline is not { } deadline)
        {
            return null;
        }

        var remaining = (long)(deadline - timeProvider.GetUtcNow()).TotalMilliseconds;
        return Math.Max(1, remaining - Math.Min(MarginMs, remaining / 10));
    }

    /// <summary>Determines whether the deadline is so near that a statement that was cancelled ended because of it.</summary>
    public static bool IsOutOfTime(JobContext context, TimeProvider timeProvider) =>
        context.Deadline is { } deadline && deadline - timeProvider.GetUtcNow() <= TimeSpan.FromMilliseconds(MarginMs + 100);
}
