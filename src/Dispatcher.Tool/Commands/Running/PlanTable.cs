using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>The terminal view of a dry run's plan: the number of changes per action, and the first items.</summary>
internal static class PlanTable
{
    private const int MaxItems = 10;

    /// <summary>Writes the plan, if there is one.</summary>
    /// <param name="console">The output.</param>
    /// <param name="changes">What was proposed.</param>
    public static void Write(IAnsiConsole console, ChangesSummary changes)
    {
        if (changes.Proposed == 0)
        {
            return;
        }

        var totals = Tables.Create("Planned action", "Times#");
        foreach (var (action, count) in changes.ByAction.OrderByDescending(total => total.Value))
        {
            totals.AddRow(Tables.Cell(action), Tables.Cell(Printable.Number(count)));
        }

        console.Write(totals);

        ItemList.Write(
            console,
            "First changes",
            changes.Items.Take(MaxItems).Select(item => ($"{item.Action} {item.Target}", item.Reason ?? string.Empty)));
        if (changes.Proposed > MaxItems)
        {
            console.WriteLine($"  … and {Printable.Number(changes.Proposed - Math.Min(MaxItems, changes.Items.Count))} more; --json "
                + $"lists the first {changes.Items.Count}.");
        }

        console.WriteLine();
    }
}
