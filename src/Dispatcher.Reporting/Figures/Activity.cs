using Dispatcher.Hosting;
using Dispatcher.Text;

namespace Dispatcher.Reporting.Figures;

/// <summary>
/// The figures of a period. They are accumulated while the history is read, so their size depends on the number of jobs and steps, not on
/// the number of runs.
/// </summary>
/// <param name="timeline">The period's steps.</param>
public sealed class Activity(Timeline timeline)
{
    /// <summary>How many failed runs the report lists.</summary>
    public const int MaxFailures = 25;

    /// <summary>How many jobs are told apart; a history that holds more names is not of jobs.</summary>
    public const int MaxJobs = 100;

    /// <summary>Under which name the rest is added up.</summary>
    public const string OtherJobs = "(other jobs)";

    private const int MaxName = 80;
    private const int MaxError = 400;

    private readonly SortedDictionary<string, JobActivity> _jobs = new(StringComparer.Ordinal);
    private readonly List<FailedRun> _failures = [];

    /// <summary>Gets the period's steps.</summary>
    public Timeline Timeline { get; } = timeline;

    /// <summary>Gets all jobs together.</summary>
    public JobActivity All { get; } = new("all jobs", timeline);

    /// <summary>Gets each job, by name.</summary>
    public IReadOnlyCollection<JobActivity> Jobs => _jobs.Values;

    /// <summary>Gets the latest failed runs, newest first, at most <see cref="MaxFailures"/>.</summary>
    public IReadOnlyList<FailedRun> Failures => _failures;

    /// <summary>
    /// Gets the first step that is worth showing: of weeks, which may reach back beyond any record, the first one with a run.
    /// </summary>
    public int FirstStep =>
        Timeline.Unit != TimelineUnit.Week || All.Total.Runs == 0 ? 0 : Enumerable.Range(0, Timeline.Count).First(
            step => All[step] is not null);

    /// <summary>Reads a history.</summary>
    /// <param name="history">The history.</param>
    /// <param name="job">The only job to read; all jobs if <see langword="null"/>.</param>
    /// <param name="timeline">The period's steps.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The figures.</returns>
    public static async Task<Activity> ReadAsync(IRunHistory history, string? job, Timeline timeline, CancellationToken cancellationToken)
    {
        var activity = new Activity(timeline);
        var query = new RunQuery { Job = job, Since = timeline.From };
        await foreach (var record in history.ListAsync(query, cancellationToken))
        {
            activity.Add(record);
        }

        return activity;
    }

    /// <summary>Adds a run. The totals of a slot are left out, because each of its shards is a run too.</summary>
    /// <param name="run">The run.</param>
    public void Add(RunRecord run)
    {
        if (run.Shards is not null)
        {
            return;
        }

        All.Add(run);
        Find(run.Job).Add(run);
        if (run.Status == JobStatus.Failed)
        {
            AddFailure(run);
        }
    }

    private JobActivity Find(string job)
    {
        var name = PrintableText.Truncate(job, MaxName);
        if (!_jobs.ContainsKey(name) && _jobs.Count >= MaxJobs)
        {
            name = OtherJobs;
        }

        return _jobs.TryGetValue(name, out var known) ? known : _jobs[name] = new JobActivity(name, Timeline);
    }

    private void AddFailure(RunRecord run)
    {
        // Newest first is what a history promises; a clock that was set back may still put one run before another.
        var place = _failures.FindIndex(known => known.StartedAt < run.StartedAt);
        _failures.Insert(
            place < 0 ? _failures.Count : place,
            new FailedRun(
                PrintableText.Truncate(run.Job, MaxName),
                PrintableText.Truncate(run.RunId, MaxName),
                run.StartedAt,
                run.DurationMs,
                run.Attempts,
                run.DryRun,
                PrintableText.Truncate(run.Summary, MaxError)));
        if (_failures.Count > MaxFailures)
        {
            _failures.RemoveAt(MaxFailures);
        }
    }
}
