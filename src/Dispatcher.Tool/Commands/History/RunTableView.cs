using Dispatcher.Text;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.History;

/// <summary>
/// The terminal view of several runs, one per line. The summary gets the width that remains; a narrow terminal shows fewer columns rather
/// than broken ones.
/// </summary>
/// <param name="text">Formats times.</param>
internal sealed class RunTableView(RunFormat text)
{
    /// <summary>
    /// The length of an id prefix that is unique unless runs start in the same millisecond; <c>show</c> accepts it.
    /// </summary>
    internal const int ShortId = 13;

    /// <summary>Below this the sentence says nothing and its column is left out.</summary>
    private const int LeastSummary = 12;

    /// <summary>From this on there is room for the whole id.</summary>
    private const int ComfortableSummary = 60;

    /// <summary>More than this of a name is not of a job.</summary>
    private const int LongestName = 80;

    /// <summary>What stands between two columns.</summary>
    private const int Gap = 3;

    /// <summary>What stands to the left and to the right of all columns.</summary>
    private const int Edges = 4;

    /// <summary>Writes the table.</summary>
    /// <param name="console">The output.</param>
    /// <param name="runs">The runs, newest first; at least one.</param>
    public void Write(IAnsiConsole console, IReadOnlyList<RunRecord> runs)
    {
        var columns = Columns(int.MaxValue);
        if (Remaining(console, columns, runs) < ComfortableSummary)
        {
            columns = Columns(ShortId);
        }

        while (Remaining(console, columns, runs) < -Gap && columns.Find(static column => column.IsOptional) is { } optional)
        {
            columns.Remove(optional);
        }

        var remaining = Remaining(console, columns, runs);
        if (remaining >= LeastSummary)
        {
            columns.Add(new Column("Summary", run => RunFormat.Shorten(SummaryOf(run), remaining)));
        }

        Write(console, columns, runs);
    }

    private static void Write(IAnsiConsole console, List<Column> columns, IReadOnlyList<RunRecord> runs)
    {
        var table = Tables.Create([.. columns.Select(column => column.Heading)]);
        foreach (var column in table.Columns)
        {
            column.NoWrap = true;
        }

        foreach (var run in runs)
        {
            var status = new Style(RunFormat.ColorOf(run.Status), decoration: Decoration.Bold);
            table.AddRow(columns.Select(column => Tables.Cell(column.Cell(run), column.IsStatus ? status : (Style?)null)));
        }

        console.Write(table);
    }

    private static string StatusOf(RunRecord run) =>
        RunFormat.Format(run.Status) + (run.DryRun && run.Status != JobStatus.Planned ? " (dry)" : string.Empty);

    private static string SummaryOf(RunRecord run) => run.Shard is { } shard ? $"{shard}: {run.Summary}" : run.Summary;

    /// <summary>Gets the width that remains for one more column; negative if the columns do not fit.</summary>
    private static int Remaining(IAnsiConsole console, List<Column> columns, IReadOnlyList<RunRecord> runs) =>
        console.Profile.Width - Edges - Gap - columns.Sum(
            column => Math.Max(column.Heading.TrimEnd('#').Length, runs.Max(run => column.Cell(run).Length)) + Gap);

    /// <summary>The first optional column is the first to go.</summary>
    private List<Column> Columns(int idLength) =>
    [
        new("Started", run => text.Minute(run.StartedAt)),
        new("Job", run => RunFormat.Shorten(run.Job, LongestName)),
        new("Status", StatusOf) { IsStatus = true },
        new("Took#", run => Printable.Duration(run.DurationMs)) { IsOptional = true },
        new("Errors#", run => Printable.Number(run.ItemErrorCount)) { IsOptional = true },
        new("Changes#", run => Printable.Number(
            run.DryRun ? run.Changes.Proposed : run.Changes.Applied)) { IsOptional = true },
        new("Run", run => Printable.Text(PrintableText.Truncate(run.RunId, Math.Min(idLength, LongestName)).TrimEnd('…'))),
    ];

    private sealed record Column(string Heading, Func<RunRecord, string> Cell)
    {
        public bool IsOptional { get; init; }

        public bool IsStatus { get; init; }
    }
}
