using Dispatcher.Reporting.Charts;
using Dispatcher.Reporting.Figures;
using Dispatcher.Reporting.Html;
using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Runs;

/// <summary>The status of a run on pages: symbol, word and colour.</summary>
internal static class RunStatus
{
    /// <summary>Writes the status of a run.</summary>
    /// <param name="page">The output.</param>
    /// <param name="run">The run.</param>
    public static void Write(MarkupWriter page, RunRecord run)
    {
        var kind = RunKinds.For(run);
        Write(page, kind, kind == RunKind.DryRun && run.Status is not (JobStatus.Planned or JobStatus.Succeeded)
            ? $"{kind.Name()}, {Name(run.Status)}"
            : kind.Name());
    }

    /// <summary>Gets the word for a status.</summary>
    /// <param name="status">The status.</param>
    /// <returns><c>failed</c>.</returns>
    public static string Name(JobStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>Creates the verdict on a run.</summary>
    /// <param name="run">The run.</param>
    /// <returns>The coloured line.</returns>
    public static PageVerdict VerdictOn(RunRecord run)
    {
        var kind = RunKinds.For(run);
        var cssClass = run.Status switch
        {
            JobStatus.Failed => "bad",
            JobStatus.Partial => "warn",
            JobStatus.Succeeded when !run.DryRun => "good",
            _ => "calm",
        };
        var word = FigureFormat.Heading(run.DryRun && run.Status == JobStatus.Failed ? "failed dry run" : kind.Name());
        return new PageVerdict(cssClass, kind.Symbol(), $"{word}.", run.Summary);
    }

    private static void Write(MarkupWriter page, RunKind kind, string text) => page.Write($"""
        <span class="status {kind.CssClass()}"><span class="symbol" aria-hidden="true">{kind.Symbol()}</span> {text}</span>
        """);
}
