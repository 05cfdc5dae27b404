using Dispatcher.Cli.Terminal;
using Dispatcher.History;
using Spectre.Console;

namespace Dispatcher.Cli.History;

/// <summary>Shows runs, one per line. What a run said about itself gets what the terminal has left.</summary>
internal static class RunTableView
{
    /// <summary>As much of an id as is unique for runs that did not begin in the same millisecond; <c>dispatch show</c> takes it.</summary>
    internal const int ShortId = 13;

    /// <summary>Below this the sentence says nothing and its column is left out.</summary>
    private const int LeastSummary = 16;

    /// <summary>From this on there is room for the whole id.</summary>
    private const int ComfortableSummary = 60;

    /// <summary>What stands between two columns.</summary>
    private const int Gap = 3;

    /// <summary>What stands to the left and to the right of all columns.</summary>
    private const int Edges = 4;

    private static readonly string[] Headings = ["Started", "Job", "Status", "Took#", "Changes#", "Errors#", "Run"];

    /// <summary>Writes the table.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="runs">The runs, newest first.</param>
    /// <param name="text">Words times.</param>
    public static void Write(IAnsiConsole console, IReadOnlyList<RunRecord> runs, RunText text)
    {
        var idLength = Remaining(console, runs, text, runs.Max(run => run.Summary.RunId.Length)) >= ComfortableSummary ? int.MaxValue : ShortId;
        var summaryWidth = Remaining(console, runs, text, Math.Min(idLength, runs.Max(run => run.Summary.RunId.Length)));
        var table = Tables.Create(summaryWidth >= LeastSummary ? [.. Headings, "Summary"] : Headings);
        foreach (var column in table.Columns)
        {
            column.NoWrap = true;
        }

        foreach (var run in runs)
        {
            var cells = Cells(run, text, idLength);
            var status = new Style(RunText.ColorOf(run.Summary.Status), decoration: Decoration.Bold);
            var row = cells.Select((cell, index) => Tables.Cell(cell, index == 2 ? status : null));
            table.AddRow(summaryWidth >= LeastSummary ? row.Append(Tables.Cell(RunText.Shorten(run.Summary.Summary, summaryWidth))) : row);
        }

        console.Write(table);
    }

    private static string[] Cells(RunRecord run, RunText text, int idLength)
    {
        var summary = run.Summary;
        return
        [
            text.Minute(summary.StartedAt),
            summary.Job,
            RunText.Word(summary.Status) + (summary.DryRun && summary.Status != JobStatus.Planned ? " (dry)" : string.Empty),
            Printable.Duration(summary.DurationMs),
            Printable.Number(summary.DryRun ? summary.Changes.Proposed : summary.Changes.Applied),
            Printable.Number(summary.ItemErrorCount),
            summary.RunId.Length > idLength ? summary.RunId[..idLength] : summary.RunId,
        ];
    }

    /// <summary>Says how wide the summaries may be.</summary>
    private static int Remaining(IAnsiConsole console, IReadOnlyList<RunRecord> runs, RunText text, int idLength)
    {
        var cells = runs.Select(run => Cells(run, text, idLength)).ToList();
        var taken = Headings.Select((heading, index) => Math.Max(heading.TrimEnd('#').Length, cells.Max(row => row[index].Length)) + Gap).Sum();
        return console.Profile.Width - taken - Gap - Edges;
    }
}
