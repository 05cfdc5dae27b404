namespace Dispatcher.Reporting.Status;

/// <summary>The health of all jobs at one time: those that need a person first, then by verdict and name.</summary>
public sealed class StatusBoard
{
    /// <summary>Creates a board.</summary>
    /// <param name="now">The time.</param>
    /// <param name="jobs">The jobs, in any order.</param>
    public StatusBoard(DateTimeOffset now, IEnumerable<JobHealth> jobs)
    {
        Now = now;
        Jobs =
        [
            .. jobs.OrderByDescending(static job => job.NeedsPerson).ThenBy(static job => job.Verdict.Rank())
                .ThenBy(static job => job.Job, StringComparer.Ordinal),
        ];
    }

    /// <summary>Gets the time.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Gets the jobs.</summary>
    public IReadOnlyList<JobHealth> Jobs { get; }

    /// <summary>Gets what the history had to leave out, a sentence for each reason.</summary>
    public IReadOnlyList<string> Omissions { get; init; } = [];

    /// <summary>Gets the jobs that need a person.</summary>
    public IReadOnlyList<JobHealth> NeedingPerson => [.. Jobs.TakeWhile(static job => job.NeedsPerson)];

    /// <summary>Gets a value indicating whether a person has to look at a job.</summary>
    public bool NeedsPerson => Jobs is [{ NeedsPerson: true }, ..];

    /// <summary>
    /// Gets a value indicating whether something is well and nothing needs a person: only then may a page be green.
    /// </summary>
    public bool IsGood => !NeedsPerson && Jobs.Any(static job => job.Verdict is JobVerdict.Well or JobVerdict.Running);
}
