using Dispatcher.Hosting;
using Dispatcher.Leases;
using Dispatcher.Runs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dispatcher.Middleware;

/// <summary>
/// The keeper of the leases of runs: takes them in the run store, and ends all leases of a run in one call when the outermost middleware
/// that took one is left.
/// </summary>
internal sealed class LeaseKeeper(
    IOptions<LeaseOptions> leaseOptions,
    IOptions<IdempotencyOptions> idempotencyOptions,
    FailureClassifier failures,
    TimeProvider timeProvider,
    ILogger<LeaseKeeper> logger,
    IRunStore? store = null)
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);

    private readonly LeaseTimes _times = new(TimeSpan.FromSeconds(leaseOptions.Value.DurationSeconds));
    private readonly TimeSpan _retention = TimeSpan.FromDays(idempotencyOptions.Value.RetentionDays);
    private readonly BoundedRunStore? _store = store is null ? null : new BoundedRunStore(store, timeProvider);
    private int _noticed;

    /// <summary>Gets a value indicating whether there is a run store. That there is none is logged once.</summary>
    public bool IsReady
    {
        get
        {
            if (_store is null && Interlocked.Exchange(ref _noticed, 1) == 0)
            {
                Log.NoRunStore(logger);
            }

            return _store is not null;
        }
    }

    /// <summary>Runs what follows while the run holds a lease.</summary>
    /// <param name="context">The run.</param>
    /// <param name="wanted">The lease.</param>
    /// <param name="next">What follows.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The result of what follows, or the result of a run that did not get the lease or has lost it.</returns>
    public Task<JobResult> HoldAsync(JobContext context, WantedLease wanted, JobDelegate next, CancellationToken cancellationToken)
    {
        var run = JobRun.Of(context);
        return run.Leases is { } leases
            ? TakeAsync(run, leases, wanted, next, cancellationToken)
            : BeginAsync(run, wanted, next, cancellationToken);
    }

    /// <summary>Reads the record of the run that did the work before.</summary>
    /// <returns>The record; <see langword="null"/> if it is not kept any more, or cannot be read.</returns>
    public async Task<RunRecord?> ReadOriginalAsync(JobContext context, LeaseOutcome outcome, CancellationToken cancellationToken)
    {
        try
        {
            return await _store!.GetAsync(context.Job, outcome.RunId, Limit(context), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.OriginalNotRead(context.Logger, outcome.RunId, failures.Classify(exception).Message);
            return null;
        }
    }

    /// <summary>Finds a run that holds one of several leases.</summary>
    /// <returns>The run; <see langword="null"/> if nobody holds any of them.</returns>
    public async Task<LeaseHolder?> FindHolderAsync(
        JobContext context, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var states = await _store!.ReadLeasesAsync(context.Job, keys, Limit(context), cancellationToken);
        return states.FirstOrDefault(static state => state?.Holder is not null)?.Holder;
    }

    /// <summary>Ends what a following run of the same slot needs.</summary>
    public Task ReleaseAsync(JobContext context)
    {
        var run = JobRun.Of(context);
        run.Gate.Close();
        return run.Leases is { } leases ? leases.ReleaseAsync(Limit(context)) : Task.CompletedTask;
    }

    private async Task<JobResult> BeginAsync(JobRun run, WantedLease wanted, JobDelegate next, CancellationToken cancellationToken)
    {
        using var leases = new RunLeases(run.Job, run.RunId, _times, _store!, failures, timeProvider, run.Logger);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, leases.Lost);
        run.Leases = leases;
        run.Gate.Fence = leases;
        var status = JobStatus.Failed;
        try
        {
            var result = await TakeAsync(run, leases, wanted, next, linked.Token);
            if (leases.IsLost)
            {
                return await FailAsync(run, leases);
            }

            status = run.FinalStatus(result.Status);
            return result;
        }
        catch (Exception) when (leases.IsLost && !cancellationToken.IsCancellationRequested)
        {
            return await FailAsync(run, leases);
        }
        catch (OperationCanceledException) when (run.IsInterrupted && cancellationToken.IsCancellationRequested)
        {
            status = JobStatus.Cancelled;
            throw;
        }
        finally
        {
            await EndAsync(run, leases, status);
        }
    }

    private async Task<JobResult> TakeAsync(
        JobRun run, RunLeases leases, WantedLease wanted, JobDelegate next, CancellationToken cancellationToken)
    {
        LeaseResult answer;
        try
        {
            answer = await leases.TakeAsync(wanted.Key, wanted.What, wanted.Kept, Limit(run), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = failures.Classify(exception);
            return JobResult.Failed(
                $"The lease of {wanted.What} could not be taken, so nothing was run: {failure.Message} Run the job again when "
                    + $"{_store!.Location} answers; a job that may run twice needs no lease (JobOptions.Idempotent, PreventOverlap).",
                exception);
        }

        if (answer.Lease is not null)
        {
            return await next(run, cancellationToken);
        }

        // The answer to an earlier try of the same request was lost: the lease is this run's, but its token is unknown.
        return answer.Holder?.RunId == run.RunId
            ? JobResult.Failed($"The lease of {wanted.What} was taken, but the answer of {_store!.Location} was lost. It expires within "
                + $"{_times.Duration.TotalSeconds:0} s. Run the job again then.")
            : await wanted.RefuseAsync(answer, cancellationToken);
    }

    private async Task<JobResult> FailAsync(JobRun run, RunLeases leases)
    {
        run.Gate.Close();
        return JobResult.Failed(await leases.DescribeLossAsync(Limit(run)));
    }

    private async Task EndAsync(JobRun run, RunLeases leases, JobStatus status)
    {
        if (leases.Any)
        {
            // What a job left running must not change anything once another run may begin.
            run.Gate.Close();
        }

        // A shard that failed or was skipped may be run again at once. That it has ended still belongs to the totals of its slot.
        var now = timeProvider.GetUtcNow();
        var outcome = IsDone(run, status)
            ? new LeaseOutcome(run.RunId, status, now, now + _retention)
            : run.Request.Shard is null ? null : new LeaseOutcome(run.RunId, status, now, now);
        await leases.EndAsync(outcome, Limit(run));
        run.Leases = null;
    }

    /// <summary>Determines whether nothing remains for a later delivery of the slot: the work is done, or a queued run does it.</summary>
    private static bool IsDone(JobRun run, JobStatus status) =>
        status is JobStatus.Succeeded or JobStatus.Partial || (status == JobStatus.Continued && run.RestIsQueued);

    /// <summary>Leaves two thirds of the time until the host's limit for the rest of the run and its report.</summary>
    private TimeSpan Limit(JobContext context)
    {
        var usable = context.Request.Deadline is { } end ? (end - timeProvider.GetUtcNow()) / 3 : LongestCall;
        return usable < LongestCall ? usable : LongestCall;
    }
}
