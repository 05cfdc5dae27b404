namespace Dispatcher.Reporting.Advice;

/// <summary>The advice about the schedule of a job, or of one of its tasks.</summary>
/// <param name="Job">The name of the job.</param>
/// <param name="Task">The task, of a job that has tasks.</param>
/// <param name="Verdict">What the history says.</param>
/// <param name="Reason">The reason in a sentence.</param>
public sealed record ScheduleAdvice(string Job, string? Task, AdviceVerdict Verdict, string Reason)
{
    /// <summary>Gets the number of runs that show whether there was work: failed, cancelled and dry runs do not.</summary>
    public int Runs { get; init; }

    /// <summary>Gets the number of runs that found no work.</summary>
    public int EmptyRuns { get; init; }

    /// <summary>Gets the hours of the day, in UTC, at which runs never found work, although there were runs.</summary>
    public IReadOnlyList<int> EmptyHours { get; init; } = [];

    /// <summary>Gets the usual time between two runs.</summary>
    /// <value>The default value is <see langword="null"/>: the runs have none.</value>
    public TimeSpan? Interval { get; init; }

    /// <summary>Gets the runs of a month of 730 hours.</summary>
    public double RunsPerMonth { get; init; }

    /// <summary>Gets the schedules that cost less, the most frequent first.</summary>
    public IReadOnlyList<ScheduleOption> Options { get; init; } = [];
}
