using Dispatcher.Reporting.Figures;
using Dispatcher.Reporting.Html;
using Dispatcher.Reporting.Page;
using Dispatcher.Reporting.Status;
using Dispatcher.Text;
using Dispatcher.Tool.Commands.Status;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Reporting;

/// <summary>The terminal view of a report: one line of figures, one row per job, the latest failures.</summary>
internal static class ReportSummary
{
    private const int MaxFailures = 5;
    private const int MaxError = 160;

    private static readonly Style Bold = new(decoration: Decoration.Bold);

    /// <summary>Writes it.</summary>
    /// <param name="console">The output.</param>
    /// <param name="view">What to show.</param>
    public static void Write(IAnsiConsole console, ReportContent view)
    {
        var activity = view.Activity;
        WriteStatus(console, view);
        if (activity.All.Total.Runs == 0)
        {
            console.WriteLine("No runs in this period. Look further back with --since 90d, or start a run that changes nothing:");
            console.WriteLine($"  {view.Tool} run {Printable.Text(view.Job ?? "JOB")} --dry-run");
            return;
        }

        console.Write(Tables.Cell(Headline(view), Bold));
        console.WriteLine();
        console.Write(JobTable(activity, console.Profile.Capabilities.Unicode));
        if (activity.Failures.Count > 0)
        {
            ItemList.Write(console, "Latest failures", activity.Failures.Take(MaxFailures).Select(run => (
                $"{activity.Timeline.Format(run.StartedAt)}  {run.Job}  {run.RunId}{(run.DryRun ? "  (dry run)" : string.Empty)}",
                PrintableText.Truncate(run.Error, MaxError))));
        }
    }

    private static void WriteStatus(IAnsiConsole console, ReportContent view)
    {
        StatusView.WriteHeadline(console, view.Board);
        foreach (var job in view.Board.NeedingPerson)
        {
            HangingText.Write(
                console,
                $"  {job.Verdict.Symbol()} {StatusView.NameOf(job.Job)}  ",
                new Style(StatusView.ColorOf(job)),
                Printable.Text($"{job.Verdict.Name()}: {PrintableText.Truncate(job.Reason, MaxError)}"),
                indent: 4);
        }

        if (view.Board.NeedsPerson)
        {
            console.WriteLine($"  {view.Tool} status");
        }

        console.WriteLine();
    }

    private static string Headline(ReportContent view)
    {
        var (all, prices) = (view.Activity.All, view.Prices);
        var total = all.Total;
        var parts = new List<string>
        {
            $"{Printable.Count(total.Runs, "run")}{(total[RunKind.DryRun] > 0 ? $" ({Printable.Number(total[RunKind.DryRun])} "
                + $"dry)" : string.Empty)}",
            $"{FigureFormat.Percent(total.SuccessRate)} succeeded",
            $"{Printable.Number(total[RunKind.Failed])} failed",
            $"{Printable.Bytes(total.BytesFreed)} freed, about {FigureFormat.Dollars(prices.StorageSavedPerMonth(total))} of storage a "
                + $"month",
        };
        if (total.FailedDryRuns > 0)
        {
            parts.Insert(3, Printable.Count(total.FailedDryRuns, "failed dry run"));
        }

        if (all.Lambda.Runs > 0)
        {
            parts.Add($"Lambda about {FigureFormat.Dollars(prices.LambdaBill(all.Lambda))}");
        }

        return string.Join(" · ", parts);
    }

    private static Table JobTable(Activity activity, bool unicode)
    {
        var steps = Enumerable.Range(activity.FirstStep, activity.Timeline.Count - activity.FirstStep).ToList();
        var table = Tables.Create("Job", "Runs over time", "Runs#", "Failed#", "Partial#", "Success#", "Median#", "p95#", "Last run");
        foreach (var job in activity.Jobs)
        {
            var total = job.Total;
            table.AddRow(
                Tables.Cell(job.Name, Bold),
                Tables.Cell(Sparkline.Draw([.. steps.Select(step => job[step]?.Runs ?? 0)], unicode)),
                Tables.Cell(Printable.Number(total.Runs)),
                Tables.Cell(Printable.Number(total[RunKind.Failed]), total[RunKind.Failed] > 0 ? new Style(Color.Red) : (Style?)null),
                Tables.Cell(Printable.Number(total[RunKind.Partial]), total[RunKind.Partial] > 0 ? new Style(Color.Yellow) : (Style?)null),
                Tables.Cell(FigureFormat.Percent(total.SuccessRate)),
                Tables.Cell(Duration(job, durations => durations.Median)),
                Tables.Cell(Duration(job, durations => durations.Percentile95)),
                Tables.Cell(job.LastRun is { } run ? $"{activity.Timeline.Format(run.StartedAt, "d MMM, HH:mm")} {run.Kind.Name()}" : "–"));
        }

        return table;
    }

    private static string Duration(JobActivity job, Func<DurationSketch, long> take) =>
        job.Durations.Count == 0 ? "–" : Printable.Duration(take(job.Durations));
}
