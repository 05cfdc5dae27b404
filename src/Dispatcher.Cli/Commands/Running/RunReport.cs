using Dispatcher.Cli.Terminal;
using Dispatcher.Telemetry;
using Spectre.Console;

namespace Dispatcher.Cli.Commands.Running;

/// <summary>The terminal view of a finished run: the plan, what failed, the outcome, and what to do next.</summary>
internal static class RunReport
{
    private const int MaxErrors = 10;

    /// <summary>Writes the report.</summary>
    /// <param name="console">The output.</param>
    /// <param name="summary">The run.</param>
    /// <param name="arguments">What was asked for.</param>
    public static void Write(IAnsiConsole console, JobRunSummary summary, RunArguments arguments)
    {
        if (summary.DryRun)
        {
            PlanTable.Write(console, summary.Changes);
        }

        WriteCounts(console, summary);
        WriteErrors(console, summary);
        WriteOutcome(console, summary);
        if (NextStep(summary, arguments) is { } next)
        {
            console.WriteLine();
            console.WriteLine($"Next: {Printable.Text(next)}");
        }
    }

    private static void WriteCounts(IAnsiConsole console, JobRunSummary summary)
    {
        // What the job could have counted but did not see would only hide what it did; --json has it all.
        var counts = summary.Counts.Where(count => count.Value != 0).ToList();
        if (counts.Count == 0)
        {
            return;
        }

        var table = Tables.Create("Count", "Number#");
        foreach (var (name, count) in counts)
        {
            table.AddRow(Tables.Cell(name), Tables.Cell(Printable.Number(count)));
        }

        console.Write(table);
    }

    private static void WriteErrors(IAnsiConsole console, JobRunSummary summary)
    {
        if (summary.Errors.Count == 0)
        {
            return;
        }

        ItemList.Write(console, "Items that failed", summary.Errors.Take(MaxErrors).Select(error => (error.Item, error.Error)));
        if (summary.Errors.Count > MaxErrors)
        {
            console.WriteLine($"  … and {CountErrors(summary, MaxErrors)} more; --json lists them.");
        }

        console.WriteLine();
    }

    private static void WriteOutcome(IAnsiConsole console, JobRunSummary summary)
    {
        var line = new Paragraph($" {StatusWord(summary.Status)} ", StatusStyle(summary.Status));
        line.Append($" {Printable.Text(summary.Summary)}");
        console.Write(line);
        console.WriteLine();
        console.WriteLine(string.Join(" · ", Facts(summary)));
    }

    private static IEnumerable<string> Facts(JobRunSummary summary)
    {
        var changes = summary.Changes;
        yield return summary.DryRun
            ? $"{Printable.Count(changes.Proposed, "change")} planned, none made"
            : $"{Printable.Count(changes.Applied, "change")} made";
        if (changes.Failed > 0)
        {
            yield return $"{Printable.Number(changes.Failed)} failed";
        }

        if (changes.Bytes > 0)
        {
            yield return $"{Printable.Bytes(changes.Bytes)} {(summary.DryRun ? "would be freed" : "freed")}";
        }

        if (summary.Errors.Count > 0)
        {
            yield return $"{CountErrors(summary, 0)} item error{(summary.Errors.Count == 1 ? string.Empty : "s")}";
        }

        if (summary.Attempts > 1)
        {
            yield return $"{summary.Attempts} attempts";
        }

        yield return Printable.Duration(summary.DurationMs);
    }

    private static string? NextStep(JobRunSummary summary, RunArguments arguments) => summary.Status switch
    {
        JobStatus.Planned when !arguments.DryRun =>
            "DRY_RUN is set in the environment, so nothing can be changed. Unset it to make changes.",
        JobStatus.Planned when summary.Changes.Proposed > 0 => $"to make these changes: {arguments.ToCommandLine()}",
        JobStatus.Planned => "nothing: a run would not change anything.",
        JobStatus.Partial => "fix the items above, then run it again; completed changes are not repeated.",
        JobStatus.Continued => "run it again to continue.",
        JobStatus.Failed => "fix the error and run it again. --verbose shows the log.",
        _ => null,
    };

    /// <summary>The record keeps the first errors only: at the cap there may have been more.</summary>
    private static string CountErrors(JobRunSummary summary, int shown) =>
        (summary.Errors.Count >= ItemErrors.MaxKept ? "at least " : string.Empty) + Printable.Number(summary.Errors.Count - shown);

    private static string StatusWord(JobStatus status) => status switch
    {
        JobStatus.Planned => "DRY RUN",
        _ => status.ToString().ToUpperInvariant(),
    };

    /// <summary>Black on a bright ground reads on light and dark terminals alike.</summary>
    private static Style StatusStyle(JobStatus status) => new(Color.Black, status switch
    {
        JobStatus.Succeeded => Color.Green,
        JobStatus.Planned => Color.Aqua,
        JobStatus.Failed => Color.Red,
        JobStatus.Partial => Color.Yellow,
        _ => Color.Silver,
    }, Decoration.Bold);
}
