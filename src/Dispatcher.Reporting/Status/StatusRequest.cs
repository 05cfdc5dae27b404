namespace Dispatcher.Reporting.Status;

/// <summary>What a board is made from, besides the history.</summary>
public sealed record StatusRequest
{
    /// <summary>Gets the names of the jobs that the tool has.</summary>
    public IReadOnlyCollection<string> Registered { get; init; } = [];

    /// <summary>
    /// Gets the schedules of jobs, by name. If they are known, a job that is neither among them nor registered owes no run; a registered
    /// job that is not among them is judged by its rhythm.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: they are not known, and every job is judged by its rhythm.</value>
    public IReadOnlyDictionary<string, JobSchedule>? Schedules { get; init; }

    /// <summary>Gets the pauses of jobs, by name.</summary>
    public IReadOnlyDictionary<string, JobPause> Pauses { get; init; } = new Dictionary<string, JobPause>();

    /// <summary>Gets the limits that are set for jobs and their tasks.</summary>
    public IReadOnlyList<SuccessLimit> Limits { get; init; } = [];

    /// <summary>Gets the real runs that have started and whose end is not in the history, in any order.</summary>
    public IReadOnlyCollection<UnfinishedRun> Unfinished { get; init; } = [];

    /// <summary>Gets the only job to judge.</summary>
    /// <value>The default value is <see langword="null"/>: all jobs.</value>
    public string? Job { get; init; }
}
