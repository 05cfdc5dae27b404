using Dispatcher.Changes;
using Dispatcher.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Leases;

/// <summary>
/// The leases of one run. A heartbeat renews them in one call; if it cannot do so in time, or another run has taken one over, all of them
/// are lost: the fence refuses every further change, and <see cref="Lost"/> fires. Thread-safe.
/// </summary>
/// <remarks>
/// A lease ends when the store's clock says so. The run stops to rely on it earlier: a safety margin before that time, by its monotonic
/// clock from the moment before the request was sent, and by the wall clock too, because a monotonic clock may stand still while a machine
/// sleeps.
/// </remarks>
internal sealed class RunLeases(
    string job,
    string runId,
    LeaseTimes times,
    BoundedRunStore store,
    FailureClassifier failures,
    TimeProvider timeProvider,
    ILogger logger) : IChangeFence, IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _ended = new();
    private Task _heartbeat = Task.CompletedTask;
    private volatile HeldLease[] _held = [];
    private volatile string? _loss;
    private string? _lastError;

    /// <summary>Gets the token that fires when the leases are lost.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Gets a value indicating whether the leases are lost.</summary>
    public bool IsLost => _loss is not null;

    /// <summary>Gets a value indicating whether the run has taken a lease, and not ended it.</summary>
    public bool Any => _held.Length > 0;

    /// <summary>Takes a lease.</summary>
    /// <param name="key">The key of what is leased.</param>
    /// <param name="what">What is leased, for messages.</param>
    /// <param name="kept">Whether the outcome of the run is kept for later requests of the lease.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The answer of the store.</returns>
    public async Task<LeaseResult> TakeAsync(string key, string what, bool kept, TimeSpan limit, CancellationToken cancellationToken)
    {
        var requested = timeProvider.GetTimestamp();
        var until = timeProvider.GetUtcNow() + times.Duration;
        var result = await store.AcquireAsync(new LeaseRequest(job, key, runId, until), limit, cancellationToken);
        if (result.Lease is { } lease)
        {
            Add(new HeldLease(lease, kept, what, requested, until));
        }

        return result;
    }

    /// <inheritdoc />
    public void EnsureHeld()
    {
        if (_loss is null && TimeLeft(_held) <= TimeSpan.Zero)
        {
            Lose(NotRenewed());
        }

        if (_loss is { } loss)
        {
            throw new PermanentJobException(loss);
        }
    }

    /// <summary>Ends the leases whose outcome is not kept, so that a following run gets them.</summary>
    public Task ReleaseAsync(TimeSpan limit) => EndAsync(Remove(static held => !held.Kept), _ => null, limit);

    /// <summary>Ends all leases in one call. A failure is logged: the leases expire then.</summary>
    /// <param name="outcome">The outcome of the run; <see langword="null"/> to let the next delivery of its slot run.</param>
    /// <param name="limit">How long it may take.</param>
    public async Task EndAsync(LeaseOutcome? outcome, TimeSpan limit)
    {
        await _ended.CancelAsync();
        await _heartbeat.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await EndAsync(Remove(static _ => true), held => held.Kept && !IsLost ? outcome : null, limit);
    }

    /// <summary>Formats what happened to leases that are lost, with the run that has taken one over if it can be found.</summary>
    public async Task<string> DescribeLossAsync(TimeSpan limit)
    {
        foreach (var held in _held)
        {
            try
            {
                // A request for no time answers who holds a lease, and takes it from nobody.
                var now = timeProvider.GetUtcNow();
                var result = await store.AcquireAsync(new LeaseRequest(job, held.Lease.Key, runId, now), limit, CancellationToken.None);
                if (result is { Holder: { } holder } && holder.RunId != runId)
                {
                    return $"{_loss} Run {holder.RunId} has it since {holder.Since.UtcDateTime:s}Z.";
                }

                if (result.Outcome is { } outcome)
                {
                    return $"{_loss} Run {outcome.RunId} has done the work meanwhile.";
                }
            }
            catch (Exception)
            {
                // Who has it would be nice to know. The store failed before.
                break;
            }
        }

        return _loss!;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _ended.Dispose();
        if (!IsLost)
        {
            // Otherwise its listeners may still be called.
            _lost.Dispose();
        }
    }

    private void Add(HeldLease added)
    {
        lock (_lock)
        {
            _held = [.. _held, added];
            if (_held.Length == 1)
            {
                _heartbeat = BeatAsync(_ended.Token);
            }
        }
    }

    private HeldLease[] Remove(Predicate<HeldLease> which)
    {
        lock (_lock)
        {
            var removed = Array.FindAll(_held, which);
            _held = Array.FindAll(_held, held => !which(held));
            return removed;
        }
    }

    private async Task EndAsync(HeldLease[] ending, Func<HeldLease, LeaseOutcome?> outcome, TimeSpan limit)
    {
        if (ending.Length == 0)
        {
            return;
        }

        try
        {
            await store.EndAsync([.. ending.Select(held => new LeaseEnd(held.Lease, outcome(held)))], limit);
        }
        catch (Exception exception)
        {
            Log.LeasesNotEnded(
                logger, Describe(ending), failures.Classify(exception).Message, (int)times.Duration.TotalSeconds);
        }
    }

    private async Task BeatAsync(CancellationToken ended)
    {
        var pause = times.Interval;
        while (!IsLost)
        {
            await Task.Delay(pause, timeProvider, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
            {
                return;
            }

            pause = await RenewAsync(ended);
        }
    }

    /// <summary>Renews all leases.</summary>
    /// <returns>The pause until the next renewal.</returns>
    private async Task<TimeSpan> RenewAsync(CancellationToken ended)
    {
        var held = _held;
        var left = TimeLeft(held);
        if (left <= TimeSpan.Zero)
        {
            Lose(NotRenewed());
            return TimeSpan.Zero;
        }

        var requested = timeProvider.GetTimestamp();
        var until = timeProvider.GetUtcNow() + times.Duration;
        try
        {
            var limit = left < times.Interval ? left : times.Interval;
            if (await store.RenewAsync([.. held.Select(static one => one.Lease)], until, limit, ended))
            {
                Renew(held, requested, until);
                return times.Interval;
            }

            if (held == _held)
            {
                Lose($"Job '{job}' has lost its lease of {Describe(held)}: another run has taken it over, because this one had not renewed "
                    + $"it in time{LastError()}. Every further change was refused; the other run does the work.");
            }

            // A lease that ended meanwhile cannot be renewed. The others are renewed at once.
            return TimeSpan.Zero;
        }
        catch (Exception exception) when (!ended.IsCancellationRequested)
        {
            _lastError = failures.Classify(exception).Message;
            Log.RenewalFailed(logger, Describe(held), _lastError);
            left = TimeLeft(held);
            return left < times.RetryPause ? left > TimeSpan.Zero ? left : TimeSpan.Zero : times.RetryPause;
        }
        catch (OperationCanceledException)
        {
            return times.Interval;
        }
    }

    private void Renew(HeldLease[] renewed, long requested, DateTimeOffset until)
    {
        lock (_lock)
        {
            _held = Array.ConvertAll(
                _held, held => Array.IndexOf(renewed, held) < 0 ? held : held with { Requested = requested, Until = until });
        }

        _lastError = null;
    }

    private void Lose(string loss)
    {
        lock (_lock)
        {
            if (_loss is not null)
            {
                return;
            }

            _loss = loss;
        }

        // Not on this thread: whoever listens may block.
        _ = _lost.CancelAsync();
    }

    /// <summary>Computes how long the run may still rely on its leases.</summary>
    private TimeSpan TimeLeft(HeldLease[] held)
    {
        var left = times.Duration;
        foreach (var one in held)
        {
            var byTimestamp = times.Duration - timeProvider.GetElapsedTime(one.Requested);
            var byClock = one.Until - timeProvider.GetUtcNow();
            var least = byTimestamp < byClock ? byTimestamp : byClock;
            left = least < left ? least : left;
        }

        return left - times.Margin;
    }

    private string NotRenewed() =>
        $"Job '{job}' could not renew its lease of {Describe(_held)} in time{LastError()}. Another run may have taken it over, so every "
            + $"further change was refused. Run the job again; check that {store.Location} can be reached and is not throttled.";

    private string LastError() => _lastError is { } error ? $" ({error.TrimEnd('.')})" : string.Empty;

    private static string Describe(HeldLease[] held) => string.Join(" and ", held.Select(static one => one.What));
}
