using Dispatcher.Reporting.Figures;
using Dispatcher.Reporting.Html;
using Dispatcher.Text;

namespace Dispatcher.Reporting.Page;

/// <summary>The section of the six headline figures.</summary>
internal static class HeadlineSection
{
    /// <summary>Writes them.</summary>
    /// <param name="page">The output.</param>
    /// <param name="view">What to show.</param>
    public static void Write(MarkupWriter page, ReportContent view)
    {
        var total = view.Activity.All.Total;
        page.WriteConstant("<section aria-label=\"Headline figures\"><dl class=\"headline\">\n");
        WriteFigure(page, "Runs", Quantity.Number(total.Runs), Join(
            $"{Quantity.Count(view.Activity.Jobs.Count, "job")}", Some(total[RunKind.DryRun], "dry run"), Skipped(total)));
        WriteFigure(page, "Success rate", FigureFormat.Percent(total.SuccessRate), total.Settled == 0
            ? "no real run finished"
            : $"{Quantity.Number(total[RunKind.Succeeded])} of {Quantity.Number(total.Settled)} finished");
        WriteFigure(
            page, "Failed", Quantity.Number(total[RunKind.Failed]),
            Join($"{Quantity.Number(total[RunKind.Partial])} partial", Some(total.FailedDryRuns, "failed dry run")),
            total[RunKind.Failed] > 0 ? "bad" : string.Empty);
        WriteFigure(page, "Freed", Quantity.Bytes(total.BytesFreed), total.BytesPlanned > 0
            ? $"dry runs planned {Quantity.Bytes(total.BytesPlanned)}"
            : $"{Quantity.Count(total.ChangesApplied, "change")} made");
        WriteFigure(page, "Storage saved", FigureFormat.Dollars(view.Prices.StorageSavedPerMonth(total)), "per month, an estimate");
        WriteLambda(page, view);
        page.WriteConstant("</dl></section>\n");
    }

    private static void WriteLambda(MarkupWriter page, ReportContent view)
    {
        var use = view.Activity.All.Lambda;
        WriteFigure(
            page,
            "Lambda bill",
            use.Runs == 0 ? "–" : FigureFormat.Dollars(view.Prices.LambdaBill(use)),
            use.Runs == 0 ? "no run in Lambda" : Join(
                "an estimate", Some(use.RunsElsewhere, "run") is { } runs ? $"without {runs} elsewhere" : null));
    }

    private static void WriteFigure(MarkupWriter page, string label, string figure, string note, string cssClass = "") =>
        page.Write($"""<div class="{cssClass}"><dt>{label}</dt><dd class="figure">{figure}</dd><dd class="note">{note}</dd></div>""");

    private static string? Some(long count, string noun) => count == 0 ? null : Quantity.Count(count, noun);

    private static string? Skipped(RunTally total) =>
        total[RunKind.Skipped] == 0 ? null : $"{Quantity.Number(total[RunKind.Skipped])} skipped";

    private static string Join(params ReadOnlySpan<string?> parts) => string.Join(", ", parts.ToArray().OfType<string>());
}
