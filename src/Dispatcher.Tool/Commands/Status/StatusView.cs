using Dispatcher.Reporting.Status;
using Dispatcher.Tool.Commands.History;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Status;

/// <summary>
/// The terminal view of a board: a headline, a block for each job that needs a person with the command to copy, and a line for each other.
/// </summary>
/// <param name="tool">The name of the tool.</param>
/// <param name="text">Formats times.</param>
internal sealed class StatusView(string tool, RunFormat text)
{
    private const string Indentation = "    ";
    private const int LongestName = 60;

    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private static readonly Style Dim = new(decoration: Decoration.Dim);

    /// <summary>Writes the view.</summary>
    /// <param name="console">The output.</param>
    /// <param name="board">The board.</param>
    /// <param name="source">Where it is from.</param>
    public void Write(IAnsiConsole console, StatusBoard board, StatusSource source)
    {
        WriteHeadline(console, board);
        WriteDeadLetters(console, source.Stack);
        foreach (var job in board.NeedingPerson)
        {
            console.WriteLine();
            WriteBlock(console, job, board.Now);
        }

        StatusTable.Write(console, [.. board.Jobs.Skip(board.NeedingPerson.Count)], board.Now, tool);
        console.WriteLine();
        foreach (var line in Footer(source))
        {
            HangingText.Write(console, string.Empty, Dim, Printable.Text(line), Dim);
        }

        foreach (var omission in board.Omissions)
        {
            HangingText.Write(console, "warn: ", new Style(Color.Yellow), Printable.Text(omission));
        }
    }

    /// <summary>Gets the colour of a verdict, which reads on light and dark terminals alike.</summary>
    /// <param name="job">The job.</param>
    /// <returns>The colour.</returns>
    internal static Color ColorOf(JobHealth job) => job.Verdict switch
    {
        JobVerdict.Failing or JobVerdict.Overdue => Color.Red,
        _ when job.NeedsPerson => Color.Olive,
        JobVerdict.Running => Color.Teal,
        JobVerdict.Well => Color.Green,
        _ => Color.Default,
    };

    /// <summary>Shortens the name of a job. A store may hold any name.</summary>
    /// <param name="job">The name.</param>
    /// <returns>The name on one line.</returns>
    internal static string NameOf(string job) => Printable.Shorten(job, LongestName);

    /// <summary>Writes the headline of a board.</summary>
    /// <param name="console">The output.</param>
    /// <param name="board">The board.</param>
    internal static void WriteHeadline(IAnsiConsole console, StatusBoard board)
    {
        var headline = StatusHeadline.For(board);
        var (symbol, color) = headline.Mood switch
        {
            StatusMood.Bad => ("✕", Color.Red),
            StatusMood.Warning => ("!", Color.Olive),
            StatusMood.Good => ("✓", Color.Green),
            _ => ("–", Color.Default),
        };
        HangingText.Write(
            console, $"{symbol} ", new Style(color, decoration: Decoration.Bold),
            headline.Verdict + (headline.Detail.Length > 0 ? $" {headline.Detail}." : string.Empty), Bold);
    }

    private void WriteDeadLetters(IAnsiConsole console, StackSchedules? stack)
    {
        if (stack is not { DeadLetters: { HasMessages: true } counts })
        {
            return;
        }

        console.WriteLine();
        HangingText.Write(
            console, "! ", new Style(Color.Olive, decoration: Decoration.Bold), $"{counts.Description}. See:", Style.Plain);
        console.Profile.Out.Writer.WriteLine($"  {tool} redrive --stack {stack.Name}");
    }

    private void WriteBlock(IAnsiConsole console, JobHealth job, DateTimeOffset now)
    {
        var heading = new Paragraph(
            $"{job.Verdict.Symbol()} {job.Verdict.Name()}", new Style(ColorOf(job), decoration: Decoration.Bold));
        heading.Append($"  {NameOf(job.Job)}", Bold);
        console.Write(heading);
        console.WriteLine();
        HangingText.Write(console, Indentation, Dim, Printable.Text(job.Reason));
        foreach (var (label, fact) in Facts(job, now))
        {
            HangingText.Write(console, $"{Indentation}{label,-14}", Dim, Printable.Text(fact));
        }

        if (job.NextCommand is { } command)
        {
            // Not wrapped: a command that is broken over lines cannot be copied.
            console.Profile.Out.Writer.WriteLine($"  {tool} {command}");
        }
    }

    private IEnumerable<(string Label, string Fact)> Facts(JobHealth job, DateTimeOffset now)
    {
        foreach (var run in job.Running)
        {
            yield return ("Running", $"{run.RunId} since {Ago(run.Since, now)}");
        }

        if (job.Unfinished is { } unfinished)
        {
            yield return ("Started", Ago(unfinished.StartedAt, now));
        }

        if (job.OverdueSince is { } overdue)
        {
            yield return ("Overdue since", Ago(overdue, now));
        }

        if (job is { Verdict: JobVerdict.Overdue or JobVerdict.NeverRan, Schedule: { } schedule }
            && !job.Reason.Contains(schedule, StringComparison.Ordinal))
        {
            yield return ("Schedule", schedule);
        }

        if (job.LastRun is { } last)
        {
            yield return (
                "Last run",
                $"{Ago(last.StartedAt, now)}, {RunFormat.Format(last.Status)}"
                + (last.DryRun && last.Status != JobStatus.Planned ? " (dry)" : string.Empty)
                + $" after {Printable.Duration((long)last.Duration.TotalMilliseconds)}");
            yield return ("Last success", job.LastSuccess is { } success ? Ago(success.StartedAt, now) : "none is known");
        }

        if (job.Next is { } next)
        {
            yield return ("Next", $"{(job.IsNextApproximate ? "about " : string.Empty)}{text.Minute(next)} (in {AgeText.For(next - now)})");
        }
    }

    private string Ago(DateTimeOffset time, DateTimeOffset now) => $"{text.Minute(time)} ({AgeText.For(now - time)} ago)";

    private static IEnumerable<string> Footer(StatusSource source)
    {
        yield return $"From {source.History.Location}"
            + (source.Template is { } template && !source.IgnoresSchedules ? $", with the schedules of {template}." : ".");
        if (source.TemplateProblem is { } problem)
        {
            yield return $"Without schedules: {problem}";
        }

        if (source.Stack is { DeadLetters.Problem: { } uncounted })
        {
            yield return uncounted;
        }

        if (source.IsLocal)
        {
            yield return "These are the runs of this machine"
                + (source.IgnoresSchedules ? $"; the schedules of {source.Template} do not start them" : string.Empty)
                + ". For the function's runs, set RUNS_TABLE to the name of its table.";
        }
    }
}
