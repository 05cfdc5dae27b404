namespace Dispatcher.Reporting.Status;

/// <summary>The health of a job: the verdict, and what it follows from.</summary>
/// <param name="Job">The name of the job.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="NeedsPerson">Whether a person has to look at it.</param>
/// <param name="Reason">The reason in a few words; of a run that failed, with the error.</param>
public sealed record JobHealth(string Job, JobVerdict Verdict, bool NeedsPerson, string Reason)
{
    /// <summary>Gets the last run, dry or real.</summary>
    public StatusRun? LastRun { get; init; }

    /// <summary>Gets the last real run that succeeded.</summary>
    public StatusRun? LastSuccess { get; init; }

    /// <summary>Gets the next start by the schedule.</summary>
    public DateTimeOffset? Next { get; init; }

    /// <summary>Gets a value indicating whether the next start is an estimate, because the schedule is a rate.</summary>
    public bool IsNextApproximate { get; init; }

    /// <summary>Gets the first start that was expected since the last run, and did not come.</summary>
    public DateTimeOffset? OverdueSince { get; init; }

    /// <summary>Gets the runs that are at work now, the longest first.</summary>
    public IReadOnlyList<LeaseHolder> Running { get; init; } = [];

    /// <summary>Gets the run whose end is not recorded, if no real run has started after it.</summary>
    public UnfinishedRun? Unfinished { get; init; }

    /// <summary>Gets the pause.</summary>
    public JobPause? Pause { get; init; }

    /// <summary>Gets the schedule in words.</summary>
    public string? Schedule { get; init; }

    /// <summary>
    /// Gets the command that shows more, without the name of the tool: <c>show 01a2…</c>.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: nothing is to be done.</value>
    public string? NextCommand { get; init; }
}
