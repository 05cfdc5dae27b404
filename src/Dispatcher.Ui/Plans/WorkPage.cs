using Dispatcher.Hosting;
using Dispatcher.Reporting.Html;
using Dispatcher.Reporting.Status;
using Dispatcher.Text;
using Dispatcher.Ui.Pages;
using Dispatcher.Ui.Runs;
using Dispatcher.Ui.Work;

namespace Dispatcher.Ui.Plans;

/// <summary>The page of a run that a page has started: its progress, then its outcome.</summary>
/// <param name="site">What the pages share.</param>
internal sealed class WorkPage(UiSite site)
{
    /// <summary>Creates the page.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The page.</returns>
    /// <exception cref="PageNotFoundException">This server has not started such a run.</exception>
    public Task<PageContent> CreateAsync(PageRequest request)
    {
        var item = site.Work.Find(request.FromPath("id"))
            ?? throw new PageNotFoundException("This server has not started such a run. The page of runs has those of before.");
        return Task.FromResult(new PageContent($"{item.Verb} {PrintableText.Truncate(item.Job, 80)}", "/plans", page => Write(page, item))
        {
            Path = [("/plans", "Plans"), (Link.Plan(item.Plan), PrintableText.Truncate(item.Plan, 80))],
            RefreshSeconds = item.Run.IsCompleted ? 0 : 1,
            Verdict = VerdictOn(item),
        });
    }

    private PageVerdict VerdictOn(WorkItem item) => item.Run switch
    {
        { IsCompletedSuccessfully: true, Result: var record } => RunStatus.VerdictOn(record),
        { IsFaulted: true, Exception.InnerException: JobRequestException { Problems: var problems } } =>
            new PageVerdict("bad", "✕", "Refused: nothing has run.", string.Join(' ', problems)),
        { IsCompleted: true, Exception.InnerException: var exception } =>
            new PageVerdict("bad", "✕", "Failed.", exception?.Message ?? "It was cancelled."),
        _ => new PageVerdict("calm", "▸", "At work", $"for {AgeText.For(site.Now - item.StartedAt)}."),
    };

    private void Write(MarkupWriter page, WorkItem item)
    {
        WriteStages(page, item);
        if (!item.Run.IsCompleted)
        {
            page.WriteConstant("<form method=\"post\" action=\"/stop\">");
            FormFields.WriteToken(page, site);
            FormFields.WriteHidden(page, "id", item.Id);
            page.WriteConstant("<button type=\"submit\" class=\"danger\">Stop between two changes</button></form>\n");
            return;
        }

        page.WriteConstant("<p class=\"actions\">");
        if (item.Run is { IsCompletedSuccessfully: true, Result: var record })
        {
            if (!item.Applies && record.Plan is { } plan)
            {
                page.Write($"""<a class="button primary" href="{Link.Plan(plan.Location)}">Review the plan</a>""");
            }

            page.Write($"""<a class="button" href="{Link.Run(record.RunId)}">Open the record of the run</a>""");
        }

        page.WriteConstant("<a class=\"button\" href=\"/plans\">Back to the plans</a></p>\n");
    }

    private static void WriteStages(MarkupWriter page, WorkItem item)
    {
        var stages = item.Stages.Snapshot();
        if (stages.Count == 0)
        {
            return;
        }

        page.WriteConstant("<section aria-label=\"Progress\"><table class=\"stages\"><tbody>\n");
        foreach (var (stage, _, _, _) in stages)
        {
            page.Write($"""<tr><th scope="row"><bdi>{stage.Stage}</bdi></th><td class="n">{Quantity.Number(stage.Done)}""");
            if (stage.Total is { } total)
            {
                page.Write($" of {Quantity.Number(total)}");
                page.Write($"""</td><td><progress max="{(double)Math.Max(1, total)}" value="{(double)stage.Done}"></progress></td></tr>""");
            }
            else
            {
                page.WriteConstant("</td><td></td></tr>");
            }

            page.WriteConstant("\n");
        }

        page.WriteConstant("</tbody></table></section>\n");
    }
}
