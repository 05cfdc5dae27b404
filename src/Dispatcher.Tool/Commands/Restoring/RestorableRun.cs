using Dispatcher.Hosting;
using Dispatcher.Tool.Commands.History;
using Dispatcher.Tool.History;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Restoring;

/// <summary>A run whose changes can be taken back.</summary>
/// <param name="RunId">The id of the run.</param>
/// <param name="Job">The job.</param>
internal sealed record RestorableRun(string RunId, string Job)
{
    /// <summary>Finds a run that a person names.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="runId">The id, a prefix of it, or a slot.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The run.</returns>
    /// <exception cref="BadInputException">The changes of the run cannot be taken back.</exception>
    /// <exception cref="CommandFailedException">No run was found.</exception>
    public static async Task<RestorableRun> FindAsync(ToolContext tool, string runId, CancellationToken cancellationToken)
    {
        await using var services = ToolServices.Build(tool);
        var history = services.GetRequiredService<IRunHistory>();
        var run = await RunSearch.TryFindAsync(tool, history, runId, cancellationToken) is { } record
            ? Accept(record)
            : await FindWithoutRecordAsync(tool, services, history, runId, cancellationToken);
        Check(tool, services, run);
        return run;
    }

    private static RestorableRun Accept(RunRecord run) =>
        run.DryRun ? throw new BadInputException($"Run {run.RunId} was a dry run: it has changed nothing.")
        : run.Shards is { Count: > 0 } shards ? throw new BadInputException(
            $"Run {run.RunId} has only queued {shards.Count} shards. Restore the run of each shard: "
            + $"{string.Join(", ", shards.Select(static shard => shard.RunId))}.")
        : new RestorableRun(run.RunId, run.Job);

    /// <summary>Finds a run whose process died before its record was written: its trail names the job.</summary>
    private static async Task<RestorableRun> FindWithoutRecordAsync(
        ToolContext tool, IServiceProvider services, IRunHistory history, string runId, CancellationToken cancellationToken)
    {
        var search = new AuditSearch(services.GetServices<IAuditTrail>());
        var found = await search.ListRunsAsync(new AuditQuery { RunId = runId }, cancellationToken);
        if (found.Count > 1)
        {
            throw new BadInputException(new AmbiguousRunException(runId, found).Message);
        }

        if (found.Count == 0 || await search.FindAsync(new AuditQuery { RunId = found.Single() }, static _ => true, cancellationToken)
            .FirstOrDefaultAsync(cancellationToken) is not { } change)
        {
            throw RunSearch.Unknown(tool, history, runId);
        }

        var run = new RestorableRun(found.Single(), change.Job);
        if (history is IRunStore store
            && (await store.ListRunningAsync(run.Job, cancellationToken)).Any(holder => holder.RunId == run.RunId))
        {
            throw new BadInputException(
                $"Run {run.RunId} is at work, or its process was killed less than a minute ago. Wait until it has ended.");
        }

        tool.Terminal.WriteNote($"Run {run.RunId} has no record in {history.Location}: its process was killed. Its audit trail is used.");
        return run;
    }

    private static void Check(ToolContext tool, IServiceProvider services, RestorableRun run)
    {
        if (services.GetKeyedService<IChangeUndo>(run.Job) is not null)
        {
            return;
        }

        throw new BadInputException(
            run.Job.EndsWith(RestoreJob.Suffix, StringComparison.Ordinal)
            && run.Job[..^RestoreJob.Suffix.Length] is { Length: > 0 } job && services.GetKeyedService<IChangeUndo>(job) is not null
                ? $"Run {run.RunId} is a restore, which cannot be taken back. What it restored is as due as before: the next run of "
                    + $"'{job}' finds it."
                : $"Job '{run.Job}' cannot take back its changes: it has registered no IChangeUndo (AddUndo) in this tool. "
                    + $"'{tool.Name} show {run.RunId} --changes' lists what the run has done.");
    }
}
