namespace Dispatcher.Reporting.Status;

/// <summary>The answer to the question whether a job or a task is overdue.</summary>
/// <param name="Job">The name of the job.</param>
/// <param name="Task">The task; <see langword="null"/> for the job as a whole.</param>
/// <param name="IsOverdue">Whether it is overdue.</param>
/// <param name="Reason">The reason in a few words, if it is.</param>
public sealed record OverdueState(string Job, string? Task, bool IsOverdue, string Reason)
{
    /// <summary>Gets the last success that was found, if any.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Gets the longest time without a success that is allowed.</summary>
    /// <value>The default value is <see langword="null"/>: the rhythm of the runs decides.</value>
    public TimeSpan? MaxAge { get; init; }
}
