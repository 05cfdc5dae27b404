using Microsoft.Extensions.Logging;

namespace Dispatcher.Hosting;

/// <summary>
/// A notice that logs a warning if a call to another system is still unanswered after some seconds, so that nobody waits in silence.
/// </summary>
public sealed class SlowCallNotice : IDisposable
{
    /// <summary>How long a call may take before the warning.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ITimer _timer;

    /// <summary>Starts waiting.</summary>
    /// <param name="logger">Receives the warning.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="describe">
    /// Describes what is being waited for, and for how long, as a sentence: <c>PostgreSQL at db:5432 has not answered for 5 seconds.</c>
    /// <see langword="null"/> for no warning. Called on a timer's thread.
    /// </param>
    /// <param name="patience">How long the call may take before the warning; by default <see cref="Patience"/>.</param>
    public SlowCallNotice(ILogger logger, TimeProvider timeProvider, Func<string?> describe, TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(describe);

        _timer = timeProvider.CreateTimer(
            _ =>
            {
                if (describe() is { } waiting)
                {
                    Log.Waiting(logger, waiting);
                }
            },
            state: null,
            patience ?? Patience,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts the five seconds again: the other system has answered, and the call goes on.</summary>
    public void Restart() => _timer.Change(Patience, Timeout.InfiniteTimeSpan);

    /// <summary>Stops waiting.</summary>
    public void Dispose() => _timer.Dispose();
}
