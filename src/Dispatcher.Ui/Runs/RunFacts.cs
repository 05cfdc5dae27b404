using Dispatcher.Text;
using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Runs;

/// <summary>The facts about a run.</summary>
internal static class RunFacts
{
    /// <summary>Lists the facts.</summary>
    /// <param name="run">The run.</param>
    /// <param name="when">Formats times.</param>
    /// <returns>Names and values; those with an address are links.</returns>
    public static IEnumerable<(string Name, string Value, string? Address)> List(RunRecord run, When when)
    {
        yield return ("Job", run.Job, Link.Runs(run.Job));
        if (run.Task is { } task)
        {
            yield return ("Task", task, null);
        }

        yield return ("Started", $"{when.Format(run.StartedAt, "ddd d MMM yyyy, HH:mm:ss zzz")} ({when.Distance(run.StartedAt)})", null);
        yield return (
            "Took",
            Quantity.Duration(run.DurationMs) + (run.Attempts > 1 ? $", {run.Attempts} attempts" : string.Empty)
            + (run.MemoryMegabytes is { } memory ? $", {Quantity.Number(memory)} MB (Lambda)" : string.Empty),
            null);
        yield return ("Changes", string.Join(", ", Changes(run)), null);
        if (run.ItemErrorCount > 0)
        {
            yield return ("Items that failed", Quantity.Number(run.ItemErrorCount), "#errors");
        }

        if (run.Slot is { } slot)
        {
            yield return ("Slot", run.Shard is { } shard ? $"{slot}, {shard}" : slot, null);
        }

        if (run.Holder is { } holder)
        {
            yield return ("Skipped for", holder.RunId, Link.Run(holder.RunId));
        }

        if (run.Original is { } original)
        {
            yield return ("Done before by", original.RunId, Link.Run(original.RunId));
        }

        if (run.Plan is { } plan)
        {
            yield return ("Plan", $"{plan.Location} ({Quantity.Count(plan.Changes, "change")})", Link.Plan(plan.Location));
        }

        yield return ("Run", run.RunId, null);
    }

    private static IEnumerable<string> Changes(RunRecord run)
    {
        var changes = run.Changes;
        yield return run.DryRun ? $"{Quantity.Number(changes.Proposed)} planned, none made" : $"{Quantity.Number(changes.Applied)} made";
        if (changes.Failed > 0)
        {
            yield return $"{Quantity.Number(changes.Failed)} failed";
        }

        if (changes.InterruptedText is { } interrupted)
        {
            yield return interrupted;
        }

        if (!run.DryRun && changes.Proposed - changes.Applied - changes.Failed - changes.Interrupted is > 0 and var other)
        {
            yield return $"{Quantity.Number(other)} skipped{(changes.Interrupted > 0 ? string.Empty : " or interrupted")}";
        }

        if (changes.Bytes > 0)
        {
            yield return $"{Quantity.Bytes(changes.Bytes)} {(run.DryRun ? "would be freed" : "freed")}";
        }
    }
}
