using Dispatcher.Tool.Commands.Running;
using Dispatcher.Tool.History;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.History;

/// <summary>The terminal view of one run: times, outcome, counts, changes and errors.</summary>
internal static class RunView
{
    /// <summary>Writes the view.</summary>
    /// <param name="console">The output.</param>
    /// <param name="record">The run.</param>
    /// <param name="text">Formats times.</param>
    /// <param name="audit">Where all changes of this machine's runs are.</param>
    public static void Write(IAnsiConsole console, RunRecord record, RunFormat text, AuditFolder audit)
    {
        var line =
            new Paragraph(RunFormat.Format(record.Status), new Style(RunFormat.ColorOf(record.Status), decoration: Decoration.Bold));
        line.Append($"  {Printable.Text(record.Summary)}");
        console.Write(line);
        console.WriteLine();

        WriteFacts(console, record, text);
        WriteShards(console, record);
        WriteNumbers(console, "Count", record.Counts.Where(count => count.Value != 0));
        WriteChanges(console, record, audit);
        WriteErrors(console, record);
        PlanDifferenceView.Write(console, record);
    }

    private static void WriteFacts(IAnsiConsole console, RunRecord record, RunFormat text)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 2, 0) }).AddColumn();
        foreach (var (name, value) in Facts(record, text))
        {
            grid.AddRow(Tables.Cell(name, new Style(decoration: Decoration.Dim)), Tables.Cell(value));
        }

        console.WriteLine();
        console.Write(grid);
        console.WriteLine();
    }

    private static IEnumerable<(string Name, string Value)> Facts(RunRecord record, RunFormat text)
    {
        yield return ("Job", record.Job + (record.DryRun ? " (dry run: nothing was changed)" : string.Empty));
        yield return ("Run", record.RunId);
        if (record.Slot is { } slot && (record.Shard is not null || record.Shards is not null))
        {
            yield return ("Slot", record.Shard is { } shard ? $"{slot}, {shard}" : $"{slot}, {record.Shards!.Count} shards");
        }

        yield return ("Started", text.Exact(record.StartedAt));
        yield return ("Ended", text.Exact(record.StartedAt.AddMilliseconds(record.DurationMs)));
        yield return (
            "Took", Printable.Duration(record.DurationMs) + (record.Attempts > 1 ? $", {record.Attempts} attempts" : string.Empty));
        if (record.MemoryMegabytes is { } memory)
        {
            yield return ("Memory", $"{Printable.Number(memory)} MB (Lambda)");
        }

        yield return ("Changes", string.Join(", ", ChangeFacts(record)));
        if (record.Plan is { } plan)
        {
            yield return ("Plan", $"{plan.Location} ({Printable.Count(plan.Changes, "change")}, {plan.Digest})");
        }

        if (record.ItemErrorCount > 0)
        {
            yield return ("Errors", Printable.Count(record.ItemErrorCount, "item error"));
        }
    }

    private static IEnumerable<string> ChangeFacts(RunRecord record)
    {
        var changes = record.Changes;
        yield return record.DryRun ? $"{Printable.Number(changes.Proposed)} planned, none made"
            : $"{Printable.Number(changes.Applied)} made";
        if (changes.Failed > 0)
        {
            yield return $"{Printable.Number(changes.Failed)} failed";
        }

        if (!record.DryRun && changes.Proposed - changes.Applied - changes.Failed is > 0 and var other)
        {
            yield return $"{Printable.Number(other)} skipped or interrupted";
        }

        if (changes.Bytes > 0)
        {
            yield return $"{Printable.Bytes(changes.Bytes)} {(record.DryRun ? "would be freed" : "freed")}";
        }
    }

    private static void WriteShards(IAnsiConsole console, RunRecord record)
    {
        if (record.Shards is not { Count: > 0 } shards)
        {
            return;
        }

        var table = Tables.Create("Shard#", "Status", "Took#", "Runs#", "Changes#", "Run");
        foreach (var shard in shards)
        {
            table.AddRow(
                Tables.Cell($"{shard.Index}"),
                Tables.Cell(RunFormat.Format(shard.Status), new Style(RunFormat.ColorOf(shard.Status))),
                Tables.Cell(Printable.Duration(shard.DurationMs)),
                Tables.Cell(Printable.Number(shard.Runs)),
                Tables.Cell(Printable.Number(shard.Applied)),
                Tables.Cell(shard.RunId));
        }

        console.Write(table);
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

    private static void WriteChanges(IAnsiConsole console, RunRecord record, AuditFolder audit)
    {
        var changes = record.Changes;
        WriteNumbers(console, record.DryRun ? "Planned action" : "Action", changes.ByAction.OrderByDescending(action => action.Value));
        if (changes.Items.Count > 0)
        {
            ItemList.Write(
                console,
                changes.ItemsTruncated ? $"Changes: the first {changes.Items.Count}" : "Changes",
                changes.Items.Select(item => ($"{item.Action} {item.Target}", item.Reason ?? string.Empty)));
            console.WriteLine();
        }

        if (File.Exists(audit.FileOf(record.RunId)))
        {
            console.WriteLine(Printable.Text($"  Every change, with its evidence and time: {audit.FileOf(record.RunId)}"));
            console.WriteLine();
        }
    }

    private static void WriteErrors(IAnsiConsole console, RunRecord record)
    {
        if (record.Errors.Count == 0)
        {
            return;
        }

        ItemList.Write(console, "Items that failed", record.Errors.Select(error => (error.Item, error.Error)));
        if (record.ItemErrorCount > record.Errors.Count)
        {
            console.WriteLine($"  … and {Printable.Number(record.ItemErrorCount - record.Errors.Count)} more, not in the record.");
        }

        console.WriteLine();
    }
}
