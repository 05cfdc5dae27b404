namespace Dispatcher.Hosting;

/// <summary>One stage of one change: that it is about to be made, or what became of it.</summary>
/// <param name="Time">When the entry was written, in UTC.</param>
/// <param name="RunId">The run.</param>
/// <param name="Job">The job.</param>
/// <param name="Action">What was done: <c>s3:DeleteObject</c>.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record AuditEntry(
    DateTimeOffset Time,
    string RunId,
    string Job,
    string Action,
    string Target,
    AuditOutcome Outcome)
{
    /// <summary>Gets the number of the change within its run, from 1. It joins an intended change with its outcome.</summary>
    public long Change { get; init; }

    /// <summary>Gets why it was done.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets what was seen that made it right: an ETag, a version, a time.</summary>
    public string? Evidence { get; init; }

    /// <summary>Gets how many bytes it freed.</summary>
    public long Bytes { get; init; }

    /// <summary>Gets what taking the change back needs, if the job has noted it.</summary>
    public string? Undo { get; init; }

    /// <summary>Gets what failed.</summary>
    public string? Error { get; init; }
}
