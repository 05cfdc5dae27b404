using Dispatcher.Hosting;

namespace Dispatcher.Shards;

/// <summary>What is known of one shard that has ended.</summary>
/// <param name="Index">The number of the shard.</param>
/// <param name="Outcome">The outcome of the run that ended it.</param>
/// <param name="Records">
/// The records of its runs, in their order; a run whose record was lost is missing.
/// </param>
internal sealed record ShardPart(int Index, LeaseOutcome Outcome, IReadOnlyList<RunRecord> Records)
{
    /// <summary>Gets how the shard ended. The record knows better: a continuation may have failed after the outcome was kept.</summary>
    public JobStatus Status => Records.FirstOrDefault(record => record.RunId == Outcome.RunId)?.Status ?? Outcome.Status;

    /// <summary>
    /// Gets a value indicating whether another run of the shard follows. The outcome of a run whose rest is not queued is not kept.
    /// </summary>
    public bool IsContinued => Status == JobStatus.Continued && Outcome.KeepUntil > Outcome.FinishedAt;

    /// <summary>Gets when the shard ended.</summary>
    public DateTimeOffset EndedAt => Records
        .Select(static record => record.StartedAt.AddMilliseconds(record.DurationMs))
        .Append(Outcome.FinishedAt)
        .Max();
}
