using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>The terminal view of the items that failed: one example of each kind of error, or all of them.</summary>
internal static class ItemErrorView
{
    private const int MaxErrors = 10;

    /// <summary>Writes the errors.</summary>
    /// <param name="console">The output.</param>
    /// <param name="record">The run.</param>
    /// <param name="verbose">Whether to write every error, and not only one of each kind.</param>
    public static void Write(IAnsiConsole console, RunRecord record, bool verbose)
    {
        if (record.Errors.Count == 0)
        {
            return;
        }

        var groups = ItemErrorGroups.Create(record.Errors);
        if (verbose || groups.Count == record.Errors.Count)
        {
            var most = verbose ? record.Errors.Count : MaxErrors;
            ItemList.Write(console, "Items that failed", record.Errors.Take(most).Select(error => (error.Item, error.Error)));
            WriteRest(console, Count(record) - Math.Min(most, record.Errors.Count), "--json lists the first 100.");
        }
        else
        {
            ItemList.Write(console, "Items that failed, by kind of error", groups.Take(MaxErrors).Select(Describe));
            WriteRest(console, groups.Skip(MaxErrors).Sum(static group => group.Count), "--verbose lists them.");
            WriteRest(console, Count(record) - record.Errors.Count, "the record keeps the first 100.");
        }

        console.WriteLine();
    }

    /// <summary>Counts the errors: the record keeps the first ones only, and the number of all.</summary>
    /// <param name="record">The run.</param>
    /// <returns>The number of all errors.</returns>
    public static long Count(RunRecord record) => Math.Max(record.ItemErrorCount, record.Errors.Count);

    private static (string Item, string Detail) Describe((ItemError Example, int Count) group) => group.Count == 1
        ? (group.Example.Item, group.Example.Error)
        : ($"{Printable.Number(group.Count)} × {group.Example.Error}", $"for example {group.Example.Item}");

    private static void WriteRest(IAnsiConsole console, long count, string where)
    {
        if (count > 0)
        {
            console.WriteLine($"  … and {Printable.Number(count)} more; {where}");
        }
    }
}
