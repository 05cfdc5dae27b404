using Dispatcher.Hosting;

namespace Dispatcher.Deployment.Durations;

/// <summary>The durations of all jobs, taken from the run history.</summary>
/// <param name="durations">Each job's, by name.</param>
public sealed class JobDurations(IReadOnlyDictionary<string, JobDuration> durations)
{
    /// <summary>The number of days of history that count.</summary>
    public const int Days = 30;

    private const double Share = 0.95;

    /// <summary>Gets a value indicating whether no run is known.</summary>
    public bool IsEmpty => durations.Count == 0;

    /// <summary>Reads the history, without skipped and cancelled runs and dry runs.</summary>
    /// <param name="history">The history.</param>
    /// <param name="now">The current time.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<JobDurations> ReadAsync(IRunHistory history, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var taken = new Dictionary<string, List<long>>(StringComparer.Ordinal);
        await foreach (var run in history.ListAsync(new RunQuery { Since = now.AddDays(-Days) }, cancellationToken))
        {
            if (run is { DryRun: false, Status: not (JobStatus.Skipped or JobStatus.Cancelled) })
            {
                (taken.TryGetValue(run.Job, out var job) ? job : taken[run.Job] = []).Add(run.DurationMs);
            }
        }

        return new JobDurations(taken.ToDictionary(job => job.Key, job => Summarize(job.Value)));
    }

    /// <summary>Gets the duration of a job; <see langword="null"/> if no run of it is known.</summary>
    public JobDuration? For(string job) => durations.GetValueOrDefault(job);

    private static JobDuration Summarize(List<long> milliseconds)
    {
        milliseconds.Sort();
        var rank = (int)Math.Ceiling(Share * milliseconds.Count);
        return new JobDuration(milliseconds.Count, TimeSpan.FromMilliseconds(milliseconds[rank - 1]));
    }
}
