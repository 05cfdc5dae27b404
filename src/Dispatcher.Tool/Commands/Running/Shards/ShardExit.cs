namespace Dispatcher.Tool.Commands.Running.Shards;

/// <summary>The end of a shard's worker.</summary>
/// <param name="ExitCode">The exit code of the process; <see langword="null"/> if no process was started.</param>
/// <param name="Record">The record of its run; <see langword="null"/> if the process died before it could write one.</param>
internal sealed record ShardExit(int? ExitCode, RunRecord? Record)
{
    /// <summary>Gets the end of a shard that was not started.</summary>
    public static ShardExit NotStarted { get; } = new(null, null);
}
