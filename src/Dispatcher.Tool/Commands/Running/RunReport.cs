using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>The terminal view of a finished run: the plan, what failed, the outcome, and what to do next.</summary>
internal static class RunReport
{
    /// <summary>Writes the report.</summary>
    /// <param name="console">The output.</param>
    /// <param name="tool">The tool's name.</param>
    /// <param name="record">The run.</param>
    /// <param name="arguments">What was asked for.</param>
    /// <param name="verbose">Whether to write every item error, and not only one of each kind.</param>
    public static void Write(IAnsiConsole console, string tool, RunRecord record, RunArguments arguments, bool verbose = false)
    {
        if (record.DryRun)
        {
            PlanTable.Write(console, record.Changes);
        }

        WriteCounts(console, record);
        ItemErrorView.Write(console, record, verbose);
        PlanDifferenceView.Write(console, record);
        WriteOutcome(console, record);
        if (NextStep(tool, record, arguments) is { } next)
        {
            console.WriteLine();
            console.WriteLine($"Next: {Printable.Text(next.What)}");
            foreach (var command in next.Commands)
            {
                CopyLine.Write(console, command);
            }
        }
    }

    private static void WriteCounts(IAnsiConsole console, RunRecord record)
    {
        // What the job could have counted but did not see would only hide what it did; --json has it all.
        var counts = record.Counts.Where(count => count.Value != 0).ToList();
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

    private static void WriteOutcome(IAnsiConsole console, RunRecord record)
    {
        var line = new Paragraph($" {StatusWord(record.Status)} ", StatusStyle(record.Status));
        line.Append($" {Printable.Text(record.Summary)}");
        console.Write(line);
        console.WriteLine();
        console.WriteLine(string.Join(" · ", Facts(record)));
    }

    private static IEnumerable<string> Facts(RunRecord record)
    {
        var changes = record.Changes;
        yield return record.DryRun
            ? $"{Printable.Count(changes.Proposed, "change")} planned, none made"
            : $"{Printable.Count(changes.Applied, "change")} made";
        if (changes.Failed > 0)
        {
            yield return $"{Printable.Number(changes.Failed)} failed";
        }

        if (changes.InterruptedText is { } interrupted)
        {
            yield return interrupted;
        }

        if (changes.Bytes > 0)
        {
            yield return $"{Printable.Bytes(changes.Bytes)} {(record.DryRun ? "would be freed" : "freed")}";
        }

        if (record.Errors.Count > 0)
        {
            yield return Printable.Count(ItemErrorView.Count(record), "item error");
        }

        if (record.Attempts > 1)
        {
            yield return $"{record.Attempts} attempts";
        }

        yield return Printable.Duration(record.DurationMs);
    }

    private static (string What, string[] Commands)? NextStep(string tool, RunRecord record, RunArguments arguments) => record.Status switch
    {
        JobStatus.Planned when !arguments.DryRun =>
            ("DRY_RUN is set in the environment, so nothing can be changed. Unset it to make changes.", []),
        JobStatus.Planned when record.Plan is { Changes: > 0, Location: var plan } =>
            (
                "review the plan, and make exactly its changes:",
                [RunArguments.ToCommandLine(tool, "plan", "show", plan), RunArguments.ToCommandLine(tool, "apply", plan)]),
        JobStatus.Planned when record.Changes.Proposed > 0 => Repeat(arguments.ToCommandLine(tool, record.Parameters)),
        JobStatus.Planned when record.ItemErrorCount > 0 =>
            ("fix the items above: a run would change nothing and end with exit code 3.", []),
        JobStatus.Planned => ("nothing: a run would not change anything.", []),
        JobStatus.Cancelled or JobStatus.Failed or JobStatus.Partial when record.Changes.Interrupted > 0 =>
            (
                "look at what may have been made before you run the job again:",
                [RunArguments.ToCommandLine(tool, "show", record.RunId, "--changes", "--outcome", "interrupted")]),
        JobStatus.Partial when arguments.Restored is not null =>
            ("see the items above: what cannot be taken back stays as it is.", []),
        JobStatus.Partial or JobStatus.Skipped when arguments is { Plan: not null, DryRun: false } =>
            ("for what is left, write a new plan:", [RunArguments.ToCommandLine(tool, "run", record.Job, "--dry-run", "--plan", "PLAN")]),
        JobStatus.Continued when arguments is { Plan: { } applied, DryRun: false } =>
            ("to continue:", [RunArguments.ToCommandLine(tool, "apply", applied)]),
        JobStatus.Cancelled when arguments is { Plan: { } applied, DryRun: false } =>
            ("to continue:", [RunArguments.ToCommandLine(tool, "apply", applied)]),
        JobStatus.Cancelled => ("run it again to finish; completed changes are not repeated.", []),
        JobStatus.Partial => ("fix the items above, then run it again; completed changes are not repeated.", []),
        JobStatus.Continued => ("run it again to continue.", []),
        JobStatus.Failed => ("fix the error and run it again. --verbose shows the log.", []),
        _ => null,
    };

    private static (string What, string[] Commands) Repeat(string command) => (
        command.Contains(RunArguments.Placeholder, StringComparison.Ordinal)
            ? $"to make these changes, with your values for {RunArguments.Placeholder}, which are not repeated here. --parameters FILE "
                + "keeps them out of the history of the shell:"
            : "to make these changes:",
        [command]);

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
        JobStatus.Partial or JobStatus.Cancelled => Color.Yellow,
        _ => Color.Silver,
    }, Decoration.Bold);
}
