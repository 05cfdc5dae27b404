using Dispatcher.Reporting.Status;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Status;

/// <summary>
/// The lines of the jobs that need nobody. The reason is at the end of a line if it fits, and below it otherwise; no line ends in
/// blanks.
/// </summary>
internal static class StatusTable
{
    private const string Gap = "  ";
    private const string None = "–";

    private static readonly string[] Headings = ["Job", "Verdict", "Last run", "Last success", "Next"];

    /// <summary>Writes the lines.</summary>
    /// <param name="console">The output.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="now">The current time.</param>
    /// <param name="tool">The name of the tool.</param>
    public static void Write(IAnsiConsole console, IReadOnlyList<JobHealth> jobs, DateTimeOffset now, string tool)
    {
        if (jobs.Count == 0)
        {
            return;
        }

        var rows = jobs.Select(job => Cells(job, now)).ToList();
        var widths = Headings.Select((heading, column) => Math.Max(heading.Length, rows.Max(row => row[column].Length))).ToArray();
        console.WriteLine();
        Write(console, [($"{Gap}{Line(Headings, widths, 0)}", new Style(decoration: Decoration.Bold))]);
        foreach (var (job, row) in jobs.Zip(rows))
        {
            var reason = Printable.Text(job.Reason);
            var color = new Style(StatusView.ColorOf(job), decoration: Decoration.Bold);
            var line = new List<(string Text, Style Style)>
            {
                ($"{job.Verdict.Symbol()} ", color),
                ($"{row[0].PadRight(widths[0])}{Gap}", Style.Plain),
                ($"{row[1].PadRight(widths[1])}{Gap}", color),
                (Line(row[2..], widths, 2), Style.Plain),
            };
            var length = line.Sum(static part => part.Text.Length);
            var start = Gap.Length + widths.Sum() + (Gap.Length * widths.Length);
            var fits = start + reason.Length < console.Profile.Width;
            if (reason.Length > 0 && fits)
            {
                line.Add((new string(' ', start - length) + reason, new Style(decoration: Decoration.Dim)));
            }

            Write(console, line);
            if (reason.Length > 0 && !fits)
            {
                HangingText.Write(
                    console, $"{Gap}{Gap}", Style.Plain, reason, new Style(decoration: Decoration.Dim));
            }

            if (job.NextCommand is { } command)
            {
                console.Profile.Out.Writer.WriteLine($"{Gap}{tool} {command}");
            }
        }
    }

    private static string[] Cells(JobHealth job, DateTimeOffset now) =>
    [
        StatusView.NameOf(job.Job),
        job.Verdict.Name(),
        job.LastRun is { } run ? $"{AgeText.Coarse(now - run.StartedAt)} ago" : None,
        job.LastSuccess is { } success ? $"{AgeText.Coarse(now - success.StartedAt)} ago" : None,
        job.Next is { } next ? $"in {AgeText.Coarse(next - now)}" : None,
    ];

    private static string Line(string[] cells, int[] widths, int first) =>
        string.Join(Gap, cells.Select((cell, column) => cell.PadRight(widths[first + column]))).TrimEnd();

    private static void Write(IAnsiConsole console, IEnumerable<(string Text, Style Style)> parts)
    {
        var line = new Paragraph();
        foreach (var (text, style) in parts)
        {
            line.Append(text, style);
        }

        console.Write(line);
        console.WriteLine();
    }
}
