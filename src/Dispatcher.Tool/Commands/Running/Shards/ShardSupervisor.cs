using Dispatcher.Text;

namespace Dispatcher.Tool.Commands.Running.Shards;

/// <summary>
/// A supervisor that runs the shards of a slot, each in a process, a few at once. A shard whose process died is started again, and goes on
/// when the lease of the dead run has expired.
/// </summary>
/// <param name="work">Runs a shard in a process. Its token asks the process to stop in order.</param>
/// <param name="progress">Receives how many shards are done.</param>
/// <param name="note">Receives what a person should know.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class ShardSupervisor(
    Func<JobRequest, CancellationToken, Task<ShardExit>> work,
    IProgress<JobProgress> progress,
    Action<string> note,
    TimeProvider timeProvider)
{
    /// <summary>How often the process of a shard may die.</summary>
    internal const int MaxDeaths = 3;

    /// <summary>A lease expires by the clock of its store.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromSeconds(1);

    /// <summary>Runs shards.</summary>
    /// <param name="shards">The requests of the shards.</param>
    /// <param name="workers">How many processes run at once.</param>
    /// <param name="stop">Stops the shards that are running in order, and starts no others.</param>
    /// <returns>The end of each shard, in the order of the requests.</returns>
    public async Task<IReadOnlyList<ShardExit>> RunAsync(IReadOnlyList<JobRequest> shards, int workers, CancellationToken stop)
    {
        var exits = new ShardExit[shards.Count];
        var done = 0;
        progress.Report(new JobProgress("Shards done", 0, shards.Count));
        await Parallel.ForAsync(
            0,
            shards.Count,
            new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = CancellationToken.None },
            async (index, _) =>
            {
                exits[index] = await RunAsync(shards[index], stop);
                progress.Report(new JobProgress("Shards done", Interlocked.Increment(ref done), shards.Count));
            });
        return exits;
    }

    private async Task<ShardExit> RunAsync(JobRequest shard, CancellationToken stop)
    {
        var deaths = 0;
        var waits = 0;
        while (!stop.IsCancellationRequested)
        {
            var exit = await work(shard, stop);
            if (exit.Record is null && !stop.IsCancellationRequested && ++deaths < MaxDeaths)
            {
                note($"The process of {shard.Shard} ended without a result (exit code {exit.ExitCode}). Another one takes the shard over.");
            }
            else if (deaths > 0 && exit.Record is { Status: JobStatus.Skipped, Holder: { } dead } && ++waits <= MaxDeaths)
            {
                note($"{PrintableText.Escape($"{shard.Shard}")} goes on when the lease of the ended run {dead.RunId} has expired, at "
                    + $"{dead.Until.ToLocalTime():HH:mm:ss}.");
                await WaitUntilAsync(dead.Until + ClockMargin, stop);
            }
            else
            {
                return exit;
            }
        }

        return ShardExit.NotStarted;
    }

    private Task WaitUntilAsync(DateTimeOffset time, CancellationToken stop)
    {
        var pause = time - timeProvider.GetUtcNow();
        return pause <= TimeSpan.Zero
            ? Task.CompletedTask
            : Task.Delay(pause, timeProvider, stop).ContinueWith(static _ => { }, CancellationToken.None, default, TaskScheduler.Default);
    }
}
