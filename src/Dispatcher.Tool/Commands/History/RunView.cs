using Dispatcher.Reporting.Estimates;
using Dispatcher.Reporting.Html;
using Dispatcher.Tool.Commands.Running;
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
    /// <param name="trail">Where the audit trail is.</param>
    /// <param name="verbose">Whether to write every item error, and not only one of each kind.</param>
    /// <param name="prices">What AWS charges for storage; the list prices if left out.</param>
    public static void Write(
        IAnsiConsole console, RunRecord record, RunFormat text, string trail, bool verbose = false, PriceList? prices = null)
    {
        var line =
            new Paragraph(RunFormat.Format(record.Status), new Style(RunFormat.ColorOf(record.Status), decoration: Decoration.Bold));
        line.Append($"  {Printable.Text(record.Summary)}");
        console.Write(line);
        console.WriteLine();

        WriteFacts(console, Facts(record, text, prices ?? new PriceList()).Append(("Audit trail", trail)));
        WriteLog(console, record);
        WriteShards(console, record);
        WriteNumbers(console, "Count", record.Counts.Where(count => count.Value != 0));
        ItemErrorView.Write(console, record, verbose);
        WriteChanges(console, record);
        PlanDifferenceView.Write(console, record);
    }

    private static void WriteFacts(IAnsiConsole console, IEnumerable<(string Name, string Value)> facts)
    {
        console.WriteLine();
        foreach (var (name, value) in facts)
        {
            HangingText.Write(console, $"  {name,-11}  ", new Style(decoration: Decoration.Dim), Printable.Text(value));
        }
    }

    private static void WriteLog(IAnsiConsole console, RunRecord record)
    {
        if (record.Log is { } log)
        {
            WriteFacts(console, [("Log group", log.Group), ("Log stream", log.Stream)]);
            CopyLine.Write(console, RunPlaces.Link(log, record.RunId));
        }

        console.WriteLine();
    }

    private static IEnumerable<(string Name, string Value)> Facts(RunRecord record, RunFormat text, PriceList prices)
    {
        yield return ("Job", record.Job + (record.DryRun ? " (dry run: nothing was changed)" : string.Empty));
        yield return ("Run", record.RunId);
        if (record.Task is { } task)
        {
            yield return ("Task", task);
        }

        if (record.Parameters is { Count: > 0 } parameters)
        {
            yield return ("Parameters", string.Join(", ", parameters.Select(static parameter => $"{parameter.Key}={parameter.Value}")));
        }

        if (record.Slot is { } slot)
        {
            yield return ("Slot", record.Shard is { } shard ? $"{slot}, {shard}"
                : record.Shards is { } shards ? $"{slot}, {shards.Count} shards" : slot);
        }

        if (record.Original is { } original)
        {
            yield return ("Done by", original.RunId);
        }

        if (record.Holder is { } holder)
        {
            yield return ("Holder", $"{holder.RunId}, since {text.Exact(holder.Since)}, at the latest until {text.Exact(holder.Until)}");
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
        if (record.Changes.BytesByClass is { } classes)
        {
            var saved = classes.Sum(pair => prices.StorageSavedPerMonth(pair.Key, pair.Value));
            yield return ("Storage", string.Join(", ", classes.Select(static pair => $"{pair.Key} {Printable.Bytes(pair.Value)}"))
                + $": {FigureFormat.AboutDollars(saved)} a month");
        }

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

        if (changes.InterruptedText is { } interrupted)
        {
            yield return interrupted;
        }

        if (!record.DryRun && changes.Proposed - changes.Applied - changes.Failed - changes.Interrupted is > 0 and var other)
        {
            yield return $"{Printable.Number(other)} skipped{(changes.Interrupted > 0 ? string.Empty : " or interrupted")}";
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

    private static void WriteChanges(IAnsiConsole console, RunRecord record)
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
    }
}
