using Dispatcher.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Plans;

/// <summary>
/// The lease of a plan, by which one run at a time applies it and no run applies it again. Renewed while the run is at work.
/// </summary>
internal sealed class PlanLease : IAsyncDisposable
{
    /// <summary>How long the outcome is kept: no plan may be older when it is applied, unless the options say so.</summary>
    private static readonly TimeSpan KeepFor = TimeSpan.FromDays(7);

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    private readonly IRunStore _store;
    private readonly Lease _lease;
    private readonly TimeSpan _keepFor;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _heart;
    private LeaseOutcome? _outcome;

    private PlanLease(IRunStore store, Lease lease, TimeSpan maxAge, TimeProvider timeProvider, ILogger logger)
    {
        _store = store;
        _lease = lease;
        _keepFor = maxAge > KeepFor ? maxAge : KeepFor;
        _timeProvider = timeProvider;
        _logger = logger;
        _heart = Task.Run(RenewAsync);
    }

    /// <summary>Gets the token that fires when another run has taken the plan over.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Takes the lease of a plan.</summary>
    /// <returns>The lease, or who holds it, or who has applied the plan.</returns>
    public static async Task<(PlanLease? Lease, LeaseResult Result)> TakeAsync(
        IRunStore store, JobContext context, string digest, TimeSpan maxAge, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var until = timeProvider.GetUtcNow() + Length;
        var result = await store.AcquireAsync(
            new LeaseRequest(context.Job, $"plan:{digest}", context.RunId, until), cancellationToken);
        return (result.Lease is { } lease ? new PlanLease(store, lease, maxAge, timeProvider, context.Logger) : null, result);
    }

    /// <summary>Notes that the plan was applied. Without it, the plan may be applied again.</summary>
    public void Finish(string runId, JobStatus status)
    {
        var now = _timeProvider.GetUtcNow();
        _outcome = new LeaseOutcome(runId, status, now, now + _keepFor);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _heart;
        try
        {
            await _store.EndAsync([new LeaseEnd(_lease, _outcome)], CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.PlanLeaseFailed(_logger, exception.Message);
        }

        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(Beat, _timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                if (!await TryRenewAsync())
                {
                    await _lost.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    private async Task<bool> TryRenewAsync()
    {
        try
        {
            return await _store.RenewAsync([_lease], _timeProvider.GetUtcNow() + Length, _stop.Token);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The next beat tries again before the lease ends.
            Log.PlanLeaseFailed(_logger, exception.Message);
            return true;
        }
    }
}
