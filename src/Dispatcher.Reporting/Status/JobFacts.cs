namespace Dispatcher.Reporting.Status;

/// <summary>What is known about a job, from which the rule makes its verdict.</summary>
/// <param name="Job">The name of the job.</param>
public sealed record JobFacts(string Job)
{
    /// <summary>Gets a value indicating whether the tool has the job.</summary>
    public bool IsRegistered { get; init; }

    /// <summary>Gets the latest runs.</summary>
    public JobRuns Runs { get; init; } = new();

    /// <summary>Gets the runs that are at work now.</summary>
    /// <value>The default value is empty: none, or the store does not tell.</value>
    public IReadOnlyList<LeaseHolder> Running { get; init; } = [];

    /// <summary>Gets the last run, if its end is not recorded and nothing shows that it is at work.</summary>
    /// <value>The default value is <see langword="null"/>: the end of the last run is recorded.</value>
    public UnfinishedRun? Unfinished { get; init; }

    /// <summary>Gets the schedule.</summary>
    /// <value>
    /// The default value is <see langword="null"/>: the job is judged by the rhythm of its runs, unless <see cref="IsUnscheduled"/> is set.
    /// </value>
    public JobSchedule? Schedule { get; init; }

    /// <summary>
    /// Gets the limits that are set for the job and its tasks. One for the job as a whole replaces the rhythm of its runs.
    /// </summary>
    public IReadOnlyList<SuccessAge> Limits { get; init; } = [];

    /// <summary>Gets a value indicating whether a template was read, and neither it nor the tool expects the job to run.</summary>
    public bool IsUnscheduled { get; init; }

    /// <summary>Gets the pause.</summary>
    /// <value>The default value is <see langword="null"/>: the job is not paused.</value>
    public JobPause? Pause { get; init; }
}
