using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>The terminal view of what a run did not make because of its plan, and of what the plan had too much.</summary>
internal static class PlanDifferenceView
{
    /// <summary>Writes the lists that are not empty.</summary>
    /// <param name="console">The output.</param>
    /// <param name="record">The run.</param>
    public static void Write(IAnsiConsole console, RunRecord record)
    {
        if (record.Plan is not { } plan)
        {
            return;
        }

        Write(console, "Skipped: changed since the plan", plan.Changed, record.Count(PlanReport.ChangedCount));
        Write(console, "Not in the plan", plan.NotInPlan, record.Count(PlanReport.NotInPlanCount));
        Write(console, "In the plan, but not proposed any more", plan.Missing, record.Count(PlanReport.MissingCount));
    }

    private static void Write(IAnsiConsole console, string heading, IReadOnlyList<ChangeItem>? items, long count)
    {
        if (items is not { Count: > 0 })
        {
            return;
        }

        ItemList.Write(
            console,
            items.Count < count ? $"{heading}: the first {items.Count} of {Printable.Number(count)}" : heading,
            items.Select(static item => ($"{item.Action} {item.Target}", item.Reason ?? string.Empty)));
        console.WriteLine();
    }
}
