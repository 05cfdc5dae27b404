namespace Dispatcher;

/// <summary>The outcome of one shard, in the record of its slot.</summary>
/// <param name="Index">The number of the shard, from 0.</param>
/// <param name="RunId">The id of the run that ended the shard. <c>history</c> has its record.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Runs">How many runs did the work of the shard: more than one if it was continued at a deadline.</param>
/// <param name="DurationMs">The duration of these runs together, in milliseconds.</param>
/// <param name="Applied">How many changes they made.</param>
public sealed record ShardRun(int Index, string RunId, JobStatus Status, int Runs, long DurationMs, long Applied);
