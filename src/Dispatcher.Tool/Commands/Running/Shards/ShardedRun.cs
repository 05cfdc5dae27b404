using Dispatcher.Hosting;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Running.Shards;

/// <summary>The run of a slot whose shards are done by processes of this machine.</summary>
/// <param name="tool">The tool.</param>
/// <param name="stages">Receives the progress.</param>
/// <param name="verbose">Whether the processes write a log.</param>
internal sealed class ShardedRun(ToolContext tool, StageTracker stages, bool verbose)
{
    /// <summary>Runs the shards that were queued.</summary>
    /// <param name="start">The record of the run that queued them.</param>
    /// <param name="shards">The shards.</param>
    /// <param name="workers">How many processes run at once.</param>
    /// <param name="store">The store, in which the last shard writes the totals.</param>
    /// <param name="cancellationToken">Stops all in order.</param>
    /// <returns>The totals; the record of the start with an explanation if there are none.</returns>
    public async Task<RunRecord> RunAsync(
        RunRecord start, IReadOnlyList<JobRequest> shards, int workers, IRunStore? store, CancellationToken cancellationToken)
    {
        var supervisor = new ShardSupervisor(
            new ShardProcess(tool, verbose).RunAsync, stages, tool.Terminal.WriteNote, TimeProvider.System);
        var exits = await supervisor.RunAsync(shards, workers, cancellationToken);
        var totals = store is null ? null : await store.GetAsync(start.Job, start.RunId, CancellationToken.None);
        if (totals is { Shards: not null })
        {
            return totals;
        }

        var record = start with { Status = JobStatus.Failed, Summary = Explain(exits, store) };
        if (!tool.Interrupt.Token.IsCancellationRequested)
        {
            return record;
        }

        record = record with { Status = JobStatus.Cancelled };
        await (store?.WriteAsync(record, CancellationToken.None) ?? Task.CompletedTask);
        return record;
    }

    private string Explain(IReadOnlyList<ShardExit> exits, IRunStore? store)
    {
        var ended = exits.Count(static exit => exit.Record is { Status: not JobStatus.Failed });
        var known = $"{ended} of {exits.Count} shards have ended. '{tool.Name} history' has their records.";
        if (exits.FirstOrDefault(static exit => exit.Record is { Status: JobStatus.Failed })?.Record is { } failed)
        {
            return $"{known} {failed.Shard} failed: {failed.Summary}";
        }

        if (exits.FirstOrDefault(static exit => exit is { Record: null, ExitCode: not null }) is { } died)
        {
            return $"{known} The process of another one died {ShardSupervisor.MaxDeaths} times (exit code {died.ExitCode}). "
                + "Run the job again; completed changes are not repeated.";
        }

        return ended < exits.Count
            ? $"{known} The others were not started. Run the job again; completed changes are not repeated."
            : $"{known} Their totals are not in {store?.Location ?? "a store, because none is configured"}.";
    }
}
