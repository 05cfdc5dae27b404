using Dispatcher.Reporting.Html;
using Dispatcher.Text;
using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Runs;

/// <summary>The section of a run's changes, with a filter.</summary>
internal static class ChangesSection
{
    /// <summary>Writes it.</summary>
    /// <param name="page">The output.</param>
    /// <param name="run">The run.</param>
    /// <param name="recorded">Its changes.</param>
    /// <param name="filter">Which are shown.</param>
    /// <param name="number">The page of the list.</param>
    public static void Write(MarkupWriter page, RunRecord run, RecordedChanges recorded, ChangeFilter filter, int number)
    {
        page.WriteConstant("<section aria-labelledby=\"changes\"><h2 id=\"changes\">Changes</h2>\n");
        if (recorded.Changes.Count == 0)
        {
            page.WriteConstant(run.DryRun ? "<p class=\"quiet\">Nothing was planned.</p></section>\n"
                : "<p class=\"quiet\">Nothing was changed.</p></section>\n");
            return;
        }

        page.Write($"""<p class="quiet"><bdi>{recorded.Source}</bdi></p>""");
        WriteFilter(page, run, recorded, filter);
        List<RecordedChange> shown = [.. recorded.Changes.Where(filter.Includes)];
        if (shown.Count == 0)
        {
            page.WriteConstant("<p>No change matches the filter.</p></section>\n");
            return;
        }

        WriteTable(page, shown.Skip((number - 1) * Paging.Length).Take(Paging.Length));
        Paging.Write(page, number, shown.Count, "change", next => $"{Link.To(
            "/run",
            ("id", run.RunId),
            ("action", filter.Action),
            ("outcome", filter.Outcome),
            ("q", filter.Text),
            ("page", $"{next}"))}#changes");
        page.WriteConstant("</section>\n");
    }

    private static void WriteFilter(MarkupWriter page, RunRecord run, RecordedChanges recorded, ChangeFilter filter)
    {
        page.WriteConstant("<form class=\"filter\" method=\"get\" action=\"/run#changes\" role=\"search\">");
        FormFields.WriteHidden(page, "id", run.RunId);
        FormFields.WriteSearch(page, "Search", filter.Text, "Target, reason, evidence or error");
        FormFields.WriteSelect(page, "action", "Action", Choices(
            recorded, static change => change.Action, "all actions"), filter.Action);
        FormFields.WriteSelect(page, "outcome", "Outcome", Choices(
            recorded, static change => change.Outcome, "any outcome"), filter.Outcome);
        page.WriteConstant("<button type=\"submit\">Filter</button>");
        if (!filter.IsPlain)
        {
            page.Write($"""<a class="clear" href="{Link.Run(run.RunId)}#changes">Clear</a>""");
        }

        page.WriteConstant("</form>\n");
    }

    private static IEnumerable<(string Value, string Text)> Choices(
        RecordedChanges recorded, Func<RecordedChange, string> of, string all) =>
        recorded.Changes.CountBy(of).OrderByDescending(static pair => pair.Value)
            .Select(static pair => (pair.Key, $"{pair.Key} ({Quantity.Number(pair.Value)})")).Prepend((string.Empty, all));

    private static void WriteTable(MarkupWriter page, IEnumerable<RecordedChange> changes)
    {
        page.WriteConstant("""
            <div class="scroll" tabindex="0" role="region" aria-label="Changes"><table class="list changes cards">
            <thead><tr><th scope="col">Outcome</th><th scope="col">Action</th><th scope="col">Target</th></tr></thead><tbody>

            """);
        foreach (var change in changes)
        {
            var cssClass = change.Outcome switch { "applied" => "succeeded", "failed" => "failed", "planned" => "dry-run", _ => "partial" };
            var symbol = change.Outcome switch { "applied" => "✓", "failed" => "✕", "planned" => "○", "skipped" => "–", _ => "!" };
            page.Write($"""<tr data-row="change"><td><span class="status {cssClass}"><span class="symbol" aria-hidden="true">""");
            page.Write($"{symbol}</span> ");
            page.Write($"""{change.Outcome}</span></td><td><code>{change.Action}</code></td><td class="target"><bdi>""");
            page.Write($"{change.Target}</bdi>");
            WriteDetail(page, "why", change.Reason);
            WriteDetail(page, "evidence", change.Evidence);
            WriteDetail(page, "error", change.Error);
            page.WriteConstant("</td></tr>\n");
        }

        page.WriteConstant("</tbody></table></div>\n");
    }

    private static void WriteDetail(MarkupWriter page, string cssClass, string? text)
    {
        if (text is not null)
        {
            page.Write($"""<span class="{cssClass}"><bdi>{text}</bdi></span>""");
        }
    }
}
