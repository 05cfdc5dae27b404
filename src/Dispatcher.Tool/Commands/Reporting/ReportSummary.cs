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

    /// <summary>A job is still recognized by so much of its name.</summary>
    private const int LeastName = 12;

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
            CopyLine.Write(console, $"{view.Tool} run {view.Job ?? "JOB"} --dry-run");
            return;
        }

        console.Write(Tables.Cell(Headline(view), Bold));
        console.WriteLine();
        WriteJobs(console, activity);
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
            $"{Printable.Bytes(total.BytesFreed)} freed, {FigureFormat.AboutDollars(prices.StorageSavedPerMonth(total))} of storage a "
                + $"month",
        };
        if (total.FailedDryRuns > 0)
        {
            parts.Insert(3, Printable.Count(total.FailedDryRuns, "failed dry run"));
        }

        if (all.Lambda.Runs > 0)
        {
            parts.Add($"Lambda {FigureFormat.AboutDollars(prices.LambdaBill(all.Lambda))}");
        }

        return string.Join(" · ", parts);
    }

    /// <summary>A narrow terminal shows neither the chart nor the usual durations; failures and the last run always stay.</summary>
    private static void WriteJobs(IAnsiConsole console, Activity activity)
    {
        var unicode = console.Profile.Capabilities.Unicode;
        var steps = Enumerable.Range(activity.FirstStep, activity.Timeline.Count - activity.FirstStep).ToList();
        var table = new FittedTable<JobActivity>(
            [
                new("Job", job => job.Name) { Style = _ => Bold, Least = LeastName },
                new("Runs over time", job => Sparkline.Draw([.. steps.Select(step => job[step]?.Runs ?? 0)], unicode)) { LeftOut = 1 },
                new("Runs#", job => Printable.Number(job.Total.Runs)),
                Count("Failed#", RunKind.Failed, Color.Red),
                Count("Partial#", RunKind.Partial, Color.Yellow),
                new("Success#", job => FigureFormat.Percent(job.Total.SuccessRate)) { LeftOut = 4 },
                new("Median#", job => Duration(job, durations => durations.Median)) { LeftOut = 2 },
                new("p95#", job => Duration(job, durations => durations.Percentile95)) { LeftOut = 3 },
                new("Last run", job => job.LastRun is { } run
                    ? $"{activity.Timeline.Format(run.StartedAt, "d MMM, HH:mm")} {run.Kind.Name()}" : "–"),
            ],
            [.. activity.Jobs]);
        table.Fit(console);
        table.Write(console);
    }

    private static FittedColumn<JobActivity> Count(string heading, RunKind kind, Color color) =>
        new(heading, job => Printable.Number(job.Total[kind])) { Style = job => job.Total[kind] > 0 ? new Style(color) : (Style?)null };

    private static string Duration(JobActivity job, Func<DurationSketch, long> take) =>
        job.Durations.Count == 0 ? "–" : Printable.Duration(take(job.Durations));
}
