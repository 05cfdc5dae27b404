using Dispatcher.Plans;
using Dispatcher.Text;
using Dispatcher.Tool.Plans;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Plans;

/// <summary>The views of a plan, and of the differences between two.</summary>
/// <param name="terminal">The output.</param>
/// <param name="selection">Which changes are shown.</param>
/// <param name="limit">How many changes a list shows.</param>
internal sealed class PlanView(CliTerminal terminal, PlanSelection selection, int limit)
{
    /// <summary>Writes the facts about a plan.</summary>
    /// <param name="console">The output.</param>
    /// <param name="plan">The plan.</param>
    public static void WriteHeader(IAnsiConsole console, PlanFile plan)
    {
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 2, 0) }).AddColumn();
        foreach (var (name, value) in Facts(plan))
        {
            grid.AddRow(Tables.Cell(name, new Style(decoration: Decoration.Dim)), Tables.Cell(value));
        }

        console.Write(grid);
        console.WriteLine();
    }

    /// <summary>Writes a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="json">Whether as JSON.</param>
    public void Write(PlanFile plan, bool json)
    {
        if (json)
        {
            PlanJson.Write(terminal, plan, selection);
            return;
        }

        WriteHeader(terminal.Out, plan);
        var first = new List<Change>();
        var totals = new Dictionary<string, (long Count, long Bytes)>(StringComparer.Ordinal);
        long shown = 0;
        foreach (var change in plan.ReadChanges().Select(static planned => planned.Change).Where(selection.Includes))
        {
            var (count, bytes) = totals.GetValueOrDefault(change.Action);
            totals[change.Action] = (count + 1, bytes + change.Bytes);
            shown++;
            if (first.Count < limit)
            {
                first.Add(change);
            }
        }

        WriteTotals(totals);
        WriteList("Changes", first, shown, static change => Detail(change.Reason, change.Evidence));
    }

    /// <summary>Writes the differences between two plans.</summary>
    /// <param name="before">The old plan.</param>
    /// <param name="after">The new plan.</param>
    /// <param name="json">Whether as JSON.</param>
    public void Write(PlanFile before, PlanFile after, bool json)
    {
        var differences = PlanComparison.Create(before, after, selection.Includes);
        if (json)
        {
            PlanJson.Write(terminal, differences);
            return;
        }

        WriteHeader(terminal.Out, before);
        WriteHeader(terminal.Out, after);
        var totals = Tables.Create("Difference", "Changes#");
        totals.AddRow(Tables.Cell("only in the second plan"), Tables.Cell(Printable.Number(differences.Added.Count)));
        totals.AddRow(Tables.Cell("only in the first plan"), Tables.Cell(Printable.Number(differences.Removed.Count)));
        totals.AddRow(Tables.Cell("other evidence"), Tables.Cell(Printable.Number(differences.Changed.Count)));
        totals.AddRow(Tables.Cell("the same"), Tables.Cell(Printable.Number(differences.Same)));
        terminal.Out.Write(totals);

        WriteList(
            "Only in the second plan",
            differences.Added.Take(limit),
            differences.Added.Count,
            static planned => Detail(planned.Change.Reason, planned.Change.Evidence),
            static planned => planned.Change);
        WriteList(
            "Only in the first plan",
            differences.Removed.Take(limit),
            differences.Removed.Count,
            static planned => Detail(planned.Change.Reason, planned.Change.Evidence),
            static planned => planned.Change);
        WriteList(
            "Other evidence",
            differences.Changed.Take(limit),
            differences.Changed.Count,
            static pair => $"was {PlanComparison.Evidence(pair.Was)}, is {PlanComparison.Evidence(pair.Is)}",
            static pair => pair.Is);
    }

    private static string Detail(string? reason, string? evidence) => string.Join("; ", new[] { reason, evidence }.OfType<string>());

    private static IEnumerable<(string Name, string Value)> Facts(PlanFile plan)
    {
        var header = plan.Header;
        yield return ("Plan", plan.Location);
        yield return ("Job", header.Job);
        if (header.Parameters is { } parameters)
        {
            yield return ("Parameters", RedactedJson.Mask(parameters.GetRawText()));
        }

        yield return ("Made", $"{header.CreatedAt:yyyy-MM-dd HH:mm:ss} UTC by run {header.Id}");
        yield return ("About", header.Origin.ToString());
        yield return ("Version", $"dispatcher {header.DispatcherVersion}, job {header.JobVersion}");
        if (header.MaxChanges is { } most)
        {
            yield return ("Limit", Printable.Count(most, "change"));
        }

        yield return ("Changes", $"{Printable.Number(plan.Totals.Changes)}, {Printable.Bytes(plan.Totals.Bytes)} would be freed");
        if (plan.Totals.ItemErrors > 0)
        {
            yield return ("Errors", $"{Printable.Count(plan.Totals.ItemErrors, "item")} could not be examined and would not be changed");
        }

        if (header.ExcerptOf is { } whole)
        {
            yield return ("Excerpt", $"some of the changes of the plan with the digest {whole}");
        }

        if (!plan.Totals.Complete)
        {
            yield return ("Incomplete", "the dry run stopped at its deadline: there may be more to change than the plan holds");
        }

        yield return ("Digest", plan.Totals.Digest);
    }

    private void WriteTotals(Dictionary<string, (long Count, long Bytes)> totals)
    {
        if (totals.Count == 0)
        {
            return;
        }

        var table = Tables.Create("Action", "Times#", "Bytes#");
        foreach (var (action, (count, bytes)) in totals.OrderByDescending(static total => total.Value.Count))
        {
            table.AddRow(Tables.Cell(action), Tables.Cell(Printable.Number(count)), Tables.Cell(Printable.Number(bytes)));
        }

        terminal.Out.Write(table);
    }

    private void WriteList(string heading, IEnumerable<Change> shown, long count, Func<Change, string> detail) =>
        WriteList(heading, shown, count, detail, static change => change);

    private void WriteList<T>(string heading, IEnumerable<T> shown, long count, Func<T, string> detail, Func<T, Change> change)
    {
        var items = shown.Select(item => ($"{change(item).Action} {change(item).Target}", detail(item))).ToList();
        if (items.Count > 0)
        {
            ItemList.Write(terminal.Out, items.Count < count ? $"{heading}: the first {items.Count}" : heading, items);
            if (items.Count < count)
            {
                terminal.Out.WriteLine($"  … and {Printable.Number(count - items.Count)} more; --limit shows more of them, --json all.");
            }

            terminal.Out.WriteLine();
        }
    }
}
