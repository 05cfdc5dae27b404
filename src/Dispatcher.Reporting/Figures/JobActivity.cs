namespace Dispatcher.Reporting.Figures;

/// <summary>The figures of one job, or of all jobs together, in the period.</summary>
/// <param name="name">The job's name.</param>
/// <param name="timeline">The period's steps.</param>
public sealed class JobActivity(string name, Timeline timeline)
{
    private readonly RunTally?[] _steps = new RunTally?[timeline.Count];

    /// <summary>Gets the job's name.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the figures of the whole period.</summary>
    public RunTally Total { get; } = new();

    /// <summary>Gets what the runs used of AWS Lambda.</summary>
    public LambdaUse Lambda { get; } = new();

    /// <summary>Gets the last run that was not skipped, dry or real; <see langword="null"/> if all were skipped.</summary>
    public LastRun? LastRun { get; private set; }

    /// <summary>Gets the last real run that succeeded.</summary>
    public LastRun? LastSuccess { get; private set; }

    /// <summary>Gets a value indicating whether durations are those of dry runs, because no other run did anything.</summary>
    public bool OnlyPlans => Total.RealDurations.Count == 0 && Total.DryDurations.Count > 0;

    /// <summary>
    /// Gets the representative durations of the whole period: those of real runs, or of dry runs if there is no real run.
    /// </summary>
    public DurationSketch Durations => DurationsOf(Total);

    /// <summary>Gets the figures of one step; <see langword="null"/> if it has no run.</summary>
    /// <param name="step">The step's index.</param>
    public RunTally? this[int step] => _steps[step];

    /// <summary>Adds a run.</summary>
    /// <param name="run">The run.</param>
    public void Add(RunRecord run)
    {
        Total.Add(run);
        (_steps[timeline.IndexOf(run.StartedAt)] ??= new RunTally()).Add(run);
        Lambda.Add(run);
        if (run.Status != JobStatus.Skipped)
        {
            LastRun = Figures.LastRun.Later(LastRun, run);
        }

        if (RunKinds.For(run) == RunKind.Succeeded)
        {
            LastSuccess = Figures.LastRun.Later(LastSuccess, run);
        }
    }

    /// <summary>Gets the representative durations of one step.</summary>
    /// <param name="tally">The step's figures.</param>
    /// <returns>Those of real runs, or of dry runs if the job did nothing else in the whole period.</returns>
    public DurationSketch DurationsOf(RunTally tally) => OnlyPlans ? tally.DryDurations : tally.RealDurations;
}
