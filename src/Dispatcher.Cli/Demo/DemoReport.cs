using Dispatcher.Cli.Samples;
using Dispatcher.Tool.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dispatcher.Cli.Demo;

/// <summary>Functions that show the demo's figures side by side.</summary>
internal static class DemoReport
{
    private const int MaxMistakes = 20;

    /// <summary>Shows what each run counted.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="runs">The dry run, the run and the second run.</param>
    public static void WriteFigures(IAnsiConsole console, IReadOnlyList<RunRecord> runs)
    {
        var table = Tables.Create("Figure", "Dry run#", "Run#", "Second run#");
        var names = runs.SelectMany(run => run.Counts.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (var name in names.Where(name => runs.Any(run => run.Count(name) != 0)))
        {
            AddRow(table, name, runs, run => Printable.Number(run.Count(name)));
        }

        table.AddEmptyRow();
        AddRow(table, "changes planned", runs, run => run.DryRun ? Printable.Number(run.Changes.Proposed) : "-");
        AddRow(table, "changes made", runs, run => Printable.Number(run.Changes.Applied));
        if (runs.Any(run => run.Changes.Bytes > 0))
        {
            AddRow(table, "bytes freed (dry run: would be)", runs, run => Printable.Number(run.Changes.Bytes));
        }

        if (runs.Any(run => run.Errors.Count > 0))
        {
            AddRow(table, "items reported as broken", runs, run => Printable.Number(run.Errors.Count));
        }

        AddRow(table, "time", runs, run => Printable.Duration(run.DurationMs));
        AddRow(table, "status", runs, Format);
        console.Write(table);
    }

    /// <summary>Shows what became of each kind.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="kinds">The kinds.</param>
    public static void WriteFates(IAnsiConsole console, IReadOnlyList<DemoKind> kinds)
    {
        var table = Tables.Create("What there was", "Number#", "Session", "Object", "Upload");
        foreach (var kind in kinds)
        {
            table.AddRow(
                Tables.Cell(kind.Name),
                Tables.Cell(Printable.Number(kind.Count)),
                Fate(kind.Session is not null, kind.SessionFate),
                Fate(kind.ObjectKey is not null, kind.ObjectFate),
                Fate(kind.UploadParts is not null, kind.UploadFate));
        }

        console.Write(table);
    }

    /// <summary>Shows what each job started, and how often it is on the server.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="works">The jobs.</param>
    public static void WriteStarted(IAnsiConsole console, IReadOnlyList<StartedWork> works)
    {
        var table = Tables.Create("Job", "Dry run", "Delivered", "and again at once", "What the server has");
        foreach (var (runs, found) in works)
        {
            var things = found.GroupBy(text => text).Select(same => $"{same.Count()} × {same.Key}");
            table.AddRow(
                [
                    Tables.Cell(runs[0].Job),
                    .. runs.Select(run => Tables.Cell(Format(run))),
                    Tables.Cell(things),
                ]);
        }

        console.Write(table);
    }

    /// <summary>Shows what went wrong.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="mistakes">One sentence each.</param>
    public static void WriteMistakes(CliTerminal terminal, IReadOnlyList<string> mistakes)
    {
        foreach (var mistake in mistakes.Take(MaxMistakes))
        {
            terminal.WriteError(mistake);
        }

        if (mistakes.Count > MaxMistakes)
        {
            terminal.WriteError($"… and {Printable.Number(mistakes.Count - MaxMistakes)} more.");
        }
    }

    private static void AddRow(Table table, string name, IReadOnlyList<RunRecord> runs, Func<RunRecord, string> value) =>
        table.AddRow([Tables.Cell(name), .. runs.Select(run => Tables.Cell(value(run)))]);

    private static string Format(RunRecord run) => run.Status.ToString().ToLowerInvariant();

    private static IRenderable Fate(bool exists, DemoFate fate) => (exists, fate) switch
    {
        (false, _) => Tables.Cell(string.Empty),
        (_, DemoFate.Removed) => Tables.Cell("removed", new Style(Color.Yellow)),
        (_, DemoFate.MarkedPartial) => Tables.Cell("marked partial", new Style(Color.Teal)),
        _ => Tables.Cell("kept", new Style(Color.Green)),
    };
}
