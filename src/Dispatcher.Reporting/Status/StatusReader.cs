using Dispatcher.Hosting;

namespace Dispatcher.Reporting.Status;

/// <summary>
/// A reader of boards. It asks the history once for the newest runs of all jobs, once for each job for the runs at work, and once more for
/// each job whose last success is older than that.
/// </summary>
/// <param name="history">The history. Only a run store knows the runs at work.</param>
public sealed class StatusReader(IRunHistory history)
{
    /// <summary>Reads a board.</summary>
    /// <param name="request">What the board is made from.</param>
    /// <param name="now">The current time.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The board.</returns>
    public async Task<StatusBoard> ReadAsync(StatusRequest request, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var jobs = new SortedDictionary<string, JobRuns>(StringComparer.Ordinal);
        foreach (var name in request.Job is { } only
            ? [only]
            : request.Registered.Concat(request.Schedules?.Keys ?? []).Concat(request.Pauses.Keys)
                .Concat(request.Unfinished.Select(static run => run.Job)))
        {
            jobs.TryAdd(name, new JobRuns());
        }

        var query = new RunQuery { Job = request.Job, NewestPerJob = JobRuns.Needed };
        await foreach (var run in history.ListAsync(query, cancellationToken))
        {
            (jobs.TryGetValue(run.Job, out var known) ? known : jobs[run.Job] = new JobRuns()).Add(run);
        }

        var omissions = history.Omissions;
        var running = await ListRunningAsync(jobs.Keys, cancellationToken);
        foreach (var (job, runs) in jobs.Where(static job => job.Value.MayHaveOlderSuccess))
        {
            await AddSuccessAsync(job, runs, cancellationToken);
        }

        var ages = await FindSuccessesAsync(request.Limits.Where(limit => jobs.ContainsKey(limit.Job)), now, cancellationToken);
        return new StatusBoard(now, jobs.Select(job => HealthRule.Judge(Collect(request, job.Key, job.Value, running[job.Key], now) with
        {
            Limits = [.. ages.Where(age => age.Limit.Job == job.Key)],
        }, now)))
        {
            Omissions = omissions,
        };
    }

    private static JobFacts Collect(
        StatusRequest request, string job, JobRuns runs, IReadOnlyList<LeaseHolder> leases, DateTimeOffset now)
    {
        var unfinished = request.Unfinished.Where(run => run.Job == job && leases.All(lease => lease.RunId != run.RunId)).ToList();

        // A run without a lease that is at work looks like one whose lease ends now.
        var running = leases.Concat(
            unfinished.Where(static run => run.IsAtWork).Select(run => new LeaseHolder(run.RunId, run.StartedAt, now))).ToList();
        var isRegistered = request.Registered.Contains(job, StringComparer.Ordinal);
        var schedule = request.Schedules?.GetValueOrDefault(job);
        return new JobFacts(job)
        {
            IsRegistered = isRegistered,
            Runs = runs,
            Running = running,
            Unfinished = unfinished.Where(run => !run.IsAtWork && !IsFollowed(run, runs, running)).MaxBy(static run => run.StartedAt),
            Schedule = schedule,
            IsUnscheduled = request.Schedules is not null && schedule is null && !isRegistered,
            Pause = request.Pauses.GetValueOrDefault(job),
        };
    }

    /// <summary>Determines whether a real run has started later: it decides how the job is.</summary>
    private static bool IsFollowed(UnfinishedRun run, JobRuns runs, IEnumerable<LeaseHolder> running) =>
        (runs is { OnlyPlans: false, LastCounted: { } last } && last.StartedAt > run.StartedAt)
        || running.Any(other => other.Since > run.StartedAt);

    private async Task<Dictionary<string, IReadOnlyList<LeaseHolder>>> ListRunningAsync(
        IEnumerable<string> jobs, CancellationToken cancellationToken)
    {
        var lists = await Task.WhenAll(jobs.Select(async job =>
            (job, Running: history is IRunStore store ? await store.ListRunningAsync(job, cancellationToken) : [])));
        return lists.ToDictionary(static list => list.job, static list => list.Running, StringComparer.Ordinal);
    }

    private async Task<List<SuccessAge>> FindSuccessesAsync(
        IEnumerable<SuccessLimit> limits, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ages = new List<SuccessAge>();
        foreach (var limit in limits)
        {
            ages.Add(await SuccessSearch.FindAsync(history, limit, now, cancellationToken));
        }

        return ages;
    }

    private async Task AddSuccessAsync(string job, JobRuns runs, CancellationToken cancellationToken)
    {
        await foreach (var run in history.ListAsync(new RunQuery { Job = job, Status = JobStatus.Succeeded }, cancellationToken))
        {
            if (!run.DryRun && run.Shards is null)
            {
                runs.AddSuccess(run);
                return;
            }
        }
    }
}
