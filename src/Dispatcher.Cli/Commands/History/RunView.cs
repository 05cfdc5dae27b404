using Dispatcher.Cli.History;
using Dispatcher.Cli.Terminal;
using Dispatcher.History;
using Dispatcher.Telemetry;
using Spectre.Console;

namespace Dispatcher.Cli.Commands.History;

/// <summary>The terminal view of one run: times, outcome, counts, changes and errors.</summary>
internal static class RunView
{
    /// <summary>Writes the page.</summary>
    /// <param name="console">The output.</param>
    /// <param name="run">The run.</param>
    /// <param name="text">Words times.</param>
    /// <param name="audit">Where all changes of this machine's runs are.</param>
    public static void Write(IAnsiConsole console, RunRecord run, RunFormat text, AuditFolder audit)
    {
        var summary = run.Summary;
        var line =
            new Paragraph(RunFormat.Format(summary.Status), new Style(RunFormat.ColorOf(summary.Status), decoration: Decoration.Bold));
        line.Append($"  {Printable.Text(summary.Summary)}");
        console.Write(line);
        console.WriteLine();

        WriteFacts(console, run, text);
        WriteNumbers(console, "Count", summary.Counts.Where(count => count.Value != 0));
        WriteChanges(console, summary, audit);
        WriteErrors(console, summary);
    }

    private static void WriteFacts(IAnsiConsole console, RunRecord run, RunFormat text)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 2, 0) }).AddColumn();
        foreach (var (name, value) in Facts(run, text))
        {
            grid.AddRow(Tables.Cell(name, new Style(decoration: Decoration.Dim)), Tables.Cell(value));
        }

        console.WriteLine();
        console.Write(grid);
        console.WriteLine();
    }

    private static IEnumerable<(string Name, string Value)> Facts(RunRecord run, RunFormat text)
    {
        var summary = run.Summary;
        yield return ("Job", summary.Job + (summary.DryRun ? " (dry run: nothing was changed)" : string.Empty));
        yield return ("Run", summary.RunId);
        yield return ("Started", text.Exact(summary.StartedAt));
        yield return ("Ended", text.Exact(summary.StartedAt.AddMilliseconds(summary.DurationMs)));
        yield return (
            "Took", Printable.Duration(summary.DurationMs) + (summary.Attempts > 1 ? $", {summary.Attempts} attempts" : string.Empty));
        if (run.MemoryMegabytes is { } memory)
        {
            yield return ("Memory", $"{Printable.Number(memory)} MB (Lambda)");
        }

        yield return ("Changes", string.Join(", ", ChangeFacts(summary)));
        if (summary.ItemErrorCount > 0)
        {
            yield return ("Errors", Printable.Count(summary.ItemErrorCount, "item error"));
        }
    }

    private static IEnumerable<string> ChangeFacts(JobRunSummary summary)
    {
        var changes = summary.Changes;
        yield return summary.DryRun ? $"{Printable.Number(changes.Proposed)} planned, none made"
            : $"{Printable.Number(changes.Applied)} made";
        if (changes.Failed > 0)
        {
            yield return $"{Printable.Number(changes.Failed)} failed";
        }

        if (!summary.DryRun && changes.Proposed - changes.Applied - changes.Failed is > 0 and var other)
        {
            yield return $"{Printable.Number(other)} skipped or interrupted";
        }

        if (changes.Bytes > 0)
        {
            yield return $"{Printable.Bytes(changes.Bytes)} {(summary.DryRun ? "would be freed" : "freed")}";
        }
    }

    private static void WriteNumbers(IAnsiConsole console, string heading, IEnumerable<KeyValuePair<string, long>> numbers)
    {
        var table = Tables.Create(heading, "Number#");
        foreach (var (name, number) in numbers)
        {
            table.AddRow(Tables.Cell(name), Tables.Cell(Printable.Number(number)));
        }

        if (table.Rows.Count > 0)
        {
            console.Write(table);
        }
    }

    private static void WriteChanges(IAnsiConsole console, JobRunSummary summary, AuditFolder audit)
    {
        var changes = summary.Changes;
        WriteNumbers(console, summary.DryRun ? "Planned action" : "Action", changes.ByAction.OrderByDescending(action => action.Value));
        if (changes.Items.Count > 0)
        {
            ItemList.Write(
                console,
                changes.ItemsTruncated ? $"Changes: the first {changes.Items.Count}" : "Changes",
                changes.Items.Select(item => ($"{item.Action} {item.Target}", item.Reason ?? string.Empty)));
            console.WriteLine();
        }

        if (File.Exists(audit.FileOf(summary.RunId)))
        {
            console.WriteLine(Printable.Text($"  Every change, with its evidence and time: {audit.FileOf(summary.RunId)}"));
            console.WriteLine();
        }
    }

    private static void WriteErrors(IAnsiConsole console, JobRunSummary summary)
    {
        if (summary.Errors.Count == 0)
        {
            return;
        }

        ItemList.Write(console, "Items that failed", summary.Errors.Select(error => (error.Item, error.Error)));
        if (summary.ItemErrorCount > summary.Errors.Count)
        {
            console.WriteLine($"  … and {Printable.Number(summary.ItemErrorCount - summary.Errors.Count)} more, not in the record.");
        }

        console.WriteLine();
    }
}
