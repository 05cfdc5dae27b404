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

    /// <summary>A job is still recognized by so much of its name.</summary>
    private const int LeastName = 12;

    /// <summary>Writes the table. Output that is not a terminal has whole ids, whatever the width: programs read them.</summary>
    /// <param name="console">The output.</param>
    /// <param name="runs">The runs, newest first; at least one.</param>
    /// <param name="isPiped">Whether a program reads the output.</param>
    public void Write(IAnsiConsole console, IReadOnlyList<RunRecord> runs, bool isPiped = false)
    {
        var table = new FittedTable<RunRecord>(Columns(LongestName), runs);
        if (!isPiped && table.Remaining(console) < ComfortableSummary)
        {
            table = new FittedTable<RunRecord>(Columns(ShortId), runs);
        }

        table.Fit(console);
        var remaining = table.Remaining(console);
        if (remaining >= LeastSummary)
        {
            table.Add(new FittedColumn<RunRecord>("Summary", run => Printable.Shorten(SummaryOf(run), remaining)));
        }

        table.Write(console);
    }

    private static string StatusOf(RunRecord run) =>
        RunFormat.Format(run.Status) + (run.DryRun && run.Status != JobStatus.Planned ? " (dry)" : string.Empty);

    private static string SummaryOf(RunRecord run) => run.Shard is { } shard ? $"{shard}: {run.Summary}" : run.Summary;

    /// <summary>The duration goes first; errors and changes are what one looks for, and stay.</summary>
    private FittedColumn<RunRecord>[] Columns(int idLength) =>
    [
        new("Started", run => text.Minute(run.StartedAt)) { Short = run => text.ShortMinute(run.StartedAt) },
        new("Job", run => Printable.Shorten(run.Job, LongestName)) { Least = LeastName },
        new("Status", StatusOf) { Style = static run => new Style(RunFormat.ColorOf(run.Status), decoration: Decoration.Bold) },
        new("Took#", run => Printable.Duration(run.DurationMs)) { LeftOut = 1 },
        new("Errors#", run => Printable.Number(run.ItemErrorCount)),
        new("Changes#", run => Printable.Number(run.DryRun ? run.Changes.Proposed : run.Changes.Applied)),
        new("Run", run => Printable.Text(PrintableText.Truncate(run.RunId, idLength).TrimEnd('…'))),
    ];
}
