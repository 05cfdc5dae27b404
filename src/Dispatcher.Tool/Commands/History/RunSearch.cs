using Dispatcher.Hosting;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.History;

/// <summary>The search for the run that a person names.</summary>
internal static class RunSearch
{
    private const int SlotRuns = 1000;

    /// <summary>Finds a run by its id, by a prefix of it, or by its slot.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="history">The history.</param>
    /// <param name="runId">The id, the prefix or the slot.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The run; <see langword="null"/> if none was found.</returns>
    /// <exception cref="BadInputException">The id is empty or ambiguous.</exception>
    public static async Task<RunRecord?> TryFindAsync(
        ToolContext tool, IRunHistory history, string runId, CancellationToken cancellationToken)
    {
        if (runId.Length == 0)
        {
            throw new BadInputException($"The run id is empty. Write an id or a prefix of one; '{tool.Name} history' lists them.");
        }

        try
        {
            var run = await history.FindAsync(runId, cancellationToken);
            tool.Terminal.WriteOmissions(history);
            return run ?? await FindSlotAsync(tool, history, runId, cancellationToken);
        }
        catch (AmbiguousRunException exception)
        {
            throw new BadInputException(exception.Message);
        }
    }

    /// <summary>Creates the failure of a search that found nothing.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="history">The history.</param>
    /// <param name="runId">What was searched for.</param>
    /// <returns>The failure.</returns>
    public static CommandFailedException Unknown(ToolContext tool, IRunHistory history, string runId) =>
        new(history.Omissions.Count == 0
            ? $"Unknown run '{runId}' in {history.Location}. List the runs with '{tool.Name} history'."
            : $"No run '{runId}' was found in the readable part of {history.Location}.");

    /// <summary>No store finds a run by its slot, so that the newest runs are read.</summary>
    private static async Task<RunRecord?> FindSlotAsync(
        ToolContext tool, IRunHistory history, string slot, CancellationToken cancellationToken)
    {
        var runs = await history.ListAsync(new RunQuery(), cancellationToken).Take(SlotRuns)
            .Where(run => run.Slot == slot).ToListAsync(cancellationToken);
        if (runs is not [var newest, ..])
        {
            return null;
        }

        var which = runs.Count == 1 ? "The run" : $"The newest of {Printable.Count(runs.Count, "run")}";
        tool.Terminal.WriteNote($"{which} of slot '{slot}' among the newest {Printable.Number(SlotRuns)} runs: {newest.RunId}");
        return newest;
    }
}
