namespace Dispatcher.Postgres;

/// <summary>
/// The time that the server has for the statements of a run: a little less than the run itself, so that the server stops first.
/// </summary>
/// <param name="context">The run.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class RunClock(JobContext context, TimeProvider timeProvider)
{
    /// <summary>How long before the deadline the server stops at the latest, in milliseconds.</summary>
    private const long MarginMs = 1000;

    /// <summary>Gets how long the next statement may take; <see langword="null"/> without a deadline.</summary>
    public long? RemainingMs
    {
        get
        {
            if (context.Deadline is not { } deadline)
            {
                return null;
            }

            var remaining = (long)(deadline - timeProvider.GetUtcNow()).TotalMilliseconds;
            return Math.Max(1, remaining - Math.Min(MarginMs, remaining / 10));
        }
    }

    /// <summary>Gets a value indicating whether the deadline is so near that it explains why a statement was cancelled.</summary>
    public bool IsOutOfTime =>
        context.Deadline is { } deadline && deadline - timeProvider.GetUtcNow() <= TimeSpan.FromMilliseconds(MarginMs + 100);
}
