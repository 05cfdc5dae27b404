namespace Dispatcher.Aws;

/// <summary>
/// A limit of the calls to one service that are under way at once. It is halved when the service throttles a call, and grows by one each
/// time that as many calls as it allows have succeeded at once (additive increase, multiplicative decrease, as in TCP). Thread-safe.
/// </summary>
/// <remarks>
/// Each attempt of a client that <see cref="AwsClientGuard.Protect{TClient}"/> has seen counts, the SDK's own repetitions included. Calls
/// that began before the limit was last lowered do not lower it again: they met the same burst.
/// </remarks>
/// <param name="ceiling">The limit to begin with, and the highest, from 1.</param>
public sealed class AdaptiveConcurrency(int ceiling)
{
    private static readonly AsyncLocal<Call?> Current = new();

    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private double _limit = ceiling >= 1
        ? ceiling
        : throw new ArgumentOutOfRangeException(nameof(ceiling), ceiling, "It must be at least 1.");
    private int _running;
    private int _reductions;

    /// <summary>Gets how many calls may be under way at once, from 1.</summary>
    public int Limit
    {
        get
        {
            lock (_lock)
            {
                return (int)_limit;
            }
        }
    }

    /// <summary>Makes a call once there is room for it.</summary>
    /// <typeparam name="T">The answer of the call.</typeparam>
    /// <param name="call">The call. It may try several times; it counts as one until it ends.</param>
    /// <param name="cancellationToken">Ends the waiting for room.</param>
    /// <returns>The answer of the call.</returns>
    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);

        await EnterAsync(cancellationToken);
        try
        {
            var current = new Call(this, Volatile.Read(ref _reductions));
            Current.Value = current;
            var answer = await call();
            Grow(current);
            return answer;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Lowers the limit for a call that the service has answered although it was too busy for a part of it.</summary>
    public void ReportThrottling() => Shrink(new Call(this, Volatile.Read(ref _reductions)));

    /// <summary>Notes that an attempt of the current call was throttled.</summary>
    internal static void NoteThrottling()
    {
        if (Current.Value is { } call)
        {
            call.Owner.Shrink(call);
        }
    }

    private Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (_running < (int)_limit)
            {
                _running++;
                return Task.CompletedTask;
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        return WaitAsync(turn, cancellationToken);
    }

    private static async Task WaitAsync(TaskCompletionSource turn, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        await turn.Task;
    }

    private void Leave()
    {
        lock (_lock)
        {
            _running--;
            Admit();
        }
    }

    /// <summary>Raises the limit for a call that succeeded at once, unless it began before the limit was lowered.</summary>
    private void Grow(Call call)
    {
        lock (_lock)
        {
            if (call.IsThrottled || call.Reductions != _reductions)
            {
                return;
            }

            _limit = Math.Min(ceiling, _limit + (1 / Math.Floor(_limit)));
        }
    }

    private void Shrink(Call call)
    {
        lock (_lock)
        {
            if (call.Reductions == _reductions)
            {
                _limit = Math.Max(1, _limit / 2);
                _reductions++;
            }

            // The call's next attempt begins after the limit was lowered.
            (call.IsThrottled, call.Reductions) = (true, _reductions);
        }
    }

    /// <summary>Gives room to those who wait, in their order. Who has given up is left out.</summary>
    private void Admit()
    {
        while (_running < (int)_limit && _waiting.TryDequeue(out var next))
        {
            _running += next.TrySetResult() ? 1 : 0;
        }
    }

    private sealed class Call(AdaptiveConcurrency owner, int reductions)
    {
        public AdaptiveConcurrency Owner => owner;

        /// <summary>Gets or sets how often the limit was lowered before the current attempt.</summary>
        public int Reductions { get; set; } = reductions;

        public bool IsThrottled { get; set; }
    }
}
