namespace Dispatcher.Reporting.Status;

/// <summary>A run that has started, and whose end is not recorded.</summary>
/// <param name="RunId">The id of the run.</param>
/// <param name="Job">The job.</param>
/// <param name="StartedAt">When it started.</param>
public sealed record UnfinishedRun(string RunId, string Job, DateTimeOffset StartedAt)
{
    /// <summary>Gets a value indicating whether its process is at work, as far as this machine can tell.</summary>
    /// <value>The default value is <see langword="false"/>: its process has ended without a record, or cannot be seen.</value>
    public bool IsAtWork { get; init; }

    /// <summary>Gets a value indicating whether it has an audit trail: it has begun at least one change.</summary>
    /// <value>The default value is <see langword="null"/>: it is not known.</value>
    public bool? HasChanges { get; init; }
}
