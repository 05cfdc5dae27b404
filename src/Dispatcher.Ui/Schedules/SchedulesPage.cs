using Dispatcher.Deployment;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Templates;
using Dispatcher.Deployment.Triggers;
using Dispatcher.Reporting.Html;
using Dispatcher.Text;
using Dispatcher.Tool.Commands.Deployment;
using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Schedules;

/// <summary>The page of schedules: a calendar of the next seven days, and what starts which job.</summary>
/// <param name="site">What the pages share.</param>
internal sealed class SchedulesPage(UiSite site)
{
    /// <summary>Creates the page.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidSourceException">There is no template, or it cannot be read.</exception>
    public Task<PageContent> CreateAsync(PageRequest request)
    {
        var (settings, now) = (site.Settings, site.Now);
        string path;
        try
        {
            path = TemplateFile.Find(settings.Template);
        }
        catch (InvalidSourceException) when (settings.Template is null)
        {
            return Task.FromResult(new PageContent("Schedules", "/schedules", WriteEmpty));
        }

        var inspection = TemplateInspection.Inspect(
            TemplateFile.Read(path), path, settings.TemplateParameters, now, site.Tool.Jobs);
        var when = new When(settings.Zone, now);
        return Task.FromResult(new PageContent("Schedules", "/schedules", page =>
        {
            WriteCalendar(page, Calendar.Create(inspection.Jobs, now, settings.Zone), when);
            WriteTriggers(page, inspection, when);
            WriteFindings(page, inspection);
        })
        {
            Place = $"{path} — times in {settings.Zone.Id}",
            RefreshSeconds = 60,
        });
    }

    private void WriteEmpty(MarkupWriter page) => page.Write($"""
        <section class="empty"><h2>No template</h2>
        <p>There is no {TemplateFile.Name} in this folder or above it, so the schedules are not known.</p>
        <p><code>{site.Tool.Name} ui --template FILE</code></p></section>

        """);

    private static void WriteCalendar(MarkupWriter page, Calendar calendar, When when)
    {
        page.WriteConstant("<section aria-labelledby=\"week\"><h2 id=\"week\">The next seven days</h2>\n<ol class=\"calendar\">\n");
        foreach (var day in calendar.Days)
        {
            var isToday = day.Begin <= when.Now;
            page.Write($"""<li class="day{(isToday ? " today" : string.Empty)}"><h3>{when.Format(day.Begin, "ddd")} """);
            page.Write($"""<span>{when.Format(day.Begin, "d MMM")}{(isToday ? ", today" : string.Empty)}</span></h3>""");
            if (day.Frequent.Count == 0 && day.Entries.Count == 0)
            {
                page.WriteConstant("<p class=\"none\">Nothing</p>");
            }

            WriteFrequent(page, day, when);
            WriteEntries(page, day, when);
            page.WriteConstant("</li>\n");
        }

        page.WriteConstant("</ol></section>\n");
    }

    private static void WriteFrequent(MarkupWriter page, CalendarDay day, When when)
    {
        foreach (var often in day.Frequent)
        {
            var job = often.Job.Job!;
            page.Write($"""<a class="often" href="{Link.Runs(job)}" title="{FireTimeFormat.Describe(often.Job.Trigger)}"><bdi>""");
            page.Write($"{job}</bdi>");
            page.Write($"""<span>{Quantity.Number(often.Times)} times, {when.Format(often.First, "HH:mm")} to """);
            page.Write($"""{when.Format(often.Last, "HH:mm")}</span></a>""");
        }
    }

    private static void WriteEntries(MarkupWriter page, CalendarDay day, When when)
    {
        page.WriteConstant("<ul>");
        foreach (var entry in day.Entries)
        {
            var job = entry.Job.Job!;
            var about = entry.Job.Trigger.IsApproximate ? "~" : string.Empty;
            page.Write($"""<li><time datetime="{entry.At}">{about}{when.Format(entry.At, "HH:mm")}</time> """);
            page.Write($"""<a href="{Link.Runs(job)}" title="{FireTimeFormat.Describe(entry.Job.Trigger)}"><bdi>{job}</bdi></a></li>""");
        }

        page.WriteConstant("</ul>");
    }

    private static void WriteTriggers(MarkupWriter page, TemplateInspection inspection, When when)
    {
        page.WriteConstant("""
            <section aria-labelledby="triggers"><h2 id="triggers">What starts the jobs</h2>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="triggers"><table class="list cards">
            <thead><tr><th scope="col">Job</th><th scope="col">When</th><th scope="col">Next</th><th scope="col">State</th>
            <th scope="col">Resource</th></tr></thead><tbody>

            """);
        foreach (var job in inspection.Jobs)
        {
            WriteTrigger(page, job, when);
        }

        page.WriteConstant("</tbody></table></div></section>\n");
    }

    private static void WriteTrigger(MarkupWriter page, JobTrigger job, When when)
    {
        var trigger = job.Trigger;
        page.WriteConstant("<tr data-row=\"trigger\"><th scope=\"row\">");
        if (job.Job is { } name)
        {
            page.Write($"""<a href="{Link.Runs(name)}"><bdi>{name}</bdi></a></th>""");
        }
        else
        {
            page.Write($"""<span class="zero">{(trigger.Kind == TriggerKind.Queue ? "named by the message" : "not known")}</span></th>""");
        }

        var starts = trigger.Kind switch
        {
            TriggerKind.EventRule => "an event",
            TriggerKind.Queue => "a message",
            _ => FireTimeFormat.Describe(trigger),
        };
        page.Write($"""<td class="wrap"><bdi>{starts}</bdi></td><td>""");
        if (trigger is { Expression: not null, State: TriggerState.Enabled } && trigger.FiresAfter(when.Now).Take(1).ToList() is [var next])
        {
            when.Write(page, next);
            page.Write($""" <span class="zero">{when.Distance(next)}</span>""");
        }
        else
        {
            page.WriteConstant("<span class=\"zero\">–</span>");
        }

        var (cssClass, symbol, state) = trigger.State switch
        {
            TriggerState.Enabled => ("succeeded", "●", "enabled"),
            TriggerState.Disabled => ("partial", "‖", "disabled"),
            TriggerState.Unknown => ("skipped", "○", "not known before the deployment"),
            _ => ("skipped", "○", $"not deployed ({trigger.Condition})"),
        };
        page.Write($"""</td><td><span class="status {cssClass}"><span class="symbol" aria-hidden="true">{symbol}</span> """);
        page.Write($"{state}</span></td>");
        page.Write($"""<td class="wrap"><code>{trigger.Resource}</code></td></tr>""");
        page.WriteConstant("\n");
    }

    private static void WriteFindings(MarkupWriter page, TemplateInspection inspection)
    {
        List<Finding> findings = [.. inspection.Findings.OrderBy(static finding => finding.Severity)];
        if (findings.Count == 0)
        {
            return;
        }

        page.WriteConstant("<section aria-labelledby=\"findings\"><h2 id=\"findings\">Problems of the template</h2>\n");
        foreach (var finding in findings)
        {
            var (cssClass, symbol) = finding.Severity switch
            {
                Severity.Error => ("bad", "✕"), Severity.Warning => ("warn", "!"), _ => ("calm", "i"),
            };
            page.Write($"""<p class="verdict {cssClass}"><span class="symbol" aria-hidden="true">{symbol}</span><span><strong>""");
            page.Write($"{finding.Resource}:</strong> ");
            page.Write($"<bdi>{finding.Message}</bdi></span></p>");
            page.WriteConstant("\n");
        }

        page.WriteConstant("</section>\n");
    }
}
