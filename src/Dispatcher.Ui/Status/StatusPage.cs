using Dispatcher.Reporting.Html;
using Dispatcher.Reporting.Status;
using Dispatcher.Text;
using Dispatcher.Tool.Commands.Status;
using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Status;

/// <summary>The page of all jobs: first those that need a person.</summary>
/// <param name="site">What the pages share.</param>
internal sealed class StatusPage(UiSite site)
{
    /// <summary>Creates the page.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The page.</returns>
    public async Task<PageContent> CreateAsync(PageRequest request)
    {
        var source = site.CreateStatus();
        var board = await source.ReadAsync(null, request.Aborted);
        var strips = await RecentRuns.ReadAsync(source.History, request.Aborted);
        var headline = StatusHeadline.For(board);
        var when = new When(site.Settings.Zone, board.Now);
        return new PageContent("Status", "/", page =>
        {
            WriteDeadLetters(page, source.Stack);
            WriteNeeds(page, board, strips, when);
            WriteBoard(page, board, strips, when);
        })
        {
            Place = source.History.Location,
            RefreshSeconds = 10,
            Omissions = board.Omissions,
            Verdict = headline.Mood switch
            {
                StatusMood.Bad => new PageVerdict("bad", "✕", headline.Verdict, headline.Detail),
                StatusMood.Warning => new PageVerdict("warn", "!", headline.Verdict, headline.Detail),
                StatusMood.Good when source.Stack is { DeadLetters.HasMessages: true } =>
                    new PageVerdict("warn", "!", "No job needs a person, but some events were not done.", headline.Detail),
                StatusMood.Good => new PageVerdict("good", "✓", headline.Verdict, headline.Detail),
                _ => new PageVerdict("calm", "–", headline.Verdict, headline.Detail),
            },
        };
    }

    private static string CssClass(JobVerdict verdict) => verdict.Name().Replace(' ', '-');

    private void WriteDeadLetters(MarkupWriter page, StackSchedules? stack)
    {
        if (stack is { DeadLetters: { HasMessages: true } counts })
        {
            page.Write($"""
                <ul class="needs" aria-label="Events that were not done"><li class="warn"><h3>Dead letters</h3>
                <p class="reason"><bdi>{counts.Description}</bdi></p>
                <p class="line"><code>{site.Tool.Name} redrive --stack {stack.Name}</code></p></li></ul>

                """);
        }
    }

    private void WriteNeeds(MarkupWriter page, StatusBoard board, RecentRuns strips, When when)
    {
        if (!board.NeedsPerson)
        {
            return;
        }

        page.WriteConstant("<ul class=\"needs\" aria-label=\"Jobs that need a person\">\n");
        foreach (var job in board.NeedingPerson)
        {
            var cssClass = job.Verdict is JobVerdict.Failing or JobVerdict.Overdue ? "bad" : "warn";
            page.Write($"""<li class="{cssClass}" data-row="job"><h3><a href="{Address(job)}"><bdi>{job.Job}</bdi></a> """);
            WriteVerdict(page, job);
            page.Write($"""</h3><p class="reason"><bdi>{job.Reason}</bdi></p><p class="line">""");
            strips.Write(page, job.Job, when);
            WriteTimes(page, job, when);
            if (job.NextCommand is { } command)
            {
                page.Write($"<code>{site.Tool.Name} {command}</code>");
            }

            page.WriteConstant("</p></li>\n");
        }

        page.WriteConstant("</ul>\n");
    }

    private static void WriteTimes(MarkupWriter page, JobHealth job, When when)
    {
        if (job.OverdueSince is { } overdue)
        {
            page.WriteConstant("<span>overdue since ");
            when.WriteDistance(page, overdue);
            page.WriteConstant("</span>");
        }

        if (job.LastRun is { } last)
        {
            page.Write($"""<span>last run <a href="{Link.Run(last.RunId)}">""");
            when.WriteDistance(page, last.StartedAt);
            page.WriteConstant("</a></span>");
        }

        if (job.LastSuccess is { } success)
        {
            page.WriteConstant("<span>last success ");
            when.WriteDistance(page, success.StartedAt);
            page.WriteConstant("</span>");
        }

        if (job.Next is { } next)
        {
            page.WriteConstant(job.IsNextApproximate ? "<span>next about " : "<span>next ");
            when.WriteDistance(page, next);
            page.WriteConstant("</span>");
        }
    }

    private static string Address(JobHealth job) =>
        job is { Verdict: JobVerdict.Failing or JobVerdict.Partial, LastRun: { } run } ? Link.Run(run.RunId) : Link.Runs(job.Job);

    private static void WriteVerdict(MarkupWriter page, JobHealth job) => page.Write($"""
        <span class="status {CssClass(job.Verdict)}"><span class="symbol" aria-hidden="true">{job.Verdict.Symbol()}</span
        > {job.Verdict.Name()}</span>
        """);

    private void WriteBoard(MarkupWriter page, StatusBoard board, RecentRuns strips, When when)
    {
        List<JobHealth> jobs = [.. board.Jobs.Where(static job => !job.NeedsPerson)];
        if (jobs.Count == 0)
        {
            return;
        }

        page.WriteConstant(board.NeedsPerson
            ? "<section aria-labelledby=\"others\"><h2 id=\"others\">All other jobs</h2>\n"
            : "<section aria-labelledby=\"others\"><h2 id=\"others\">Jobs</h2>\n");
        page.WriteConstant("""
            <div class="scroll" tabindex="0" role="region" aria-labelledby="others"><table class="list board cards">
            <thead><tr><th scope="col">Job</th><th scope="col">Verdict</th><th scope="col">Recent runs</th><th scope="col">Last run</th>
            <th scope="col">Last success</th><th scope="col">Next</th></tr></thead><tbody>

            """);
        foreach (var job in jobs)
        {
            WriteRow(page, job, strips, when);
        }

        page.WriteConstant("</tbody></table></div></section>\n");
    }

    private void WriteRow(MarkupWriter page, JobHealth job, RecentRuns strips, When when)
    {
        page.Write($"""<tr data-row="job"><th scope="row"><a href="{Link.Runs(job.Job)}"><bdi>""");
        page.Write($"""{PrintableText.Truncate(job.Job, 80)}</bdi></a></th><td class="reason">""");
        WriteVerdict(page, job);
        if (job.Reason.Length > 0)
        {
            page.Write($"""<span class="sub"><bdi>{job.Reason}</bdi></span>""");
        }

        if (job.NextCommand is { } command)
        {
            page.Write($"<code>{site.Tool.Name} {command}</code>");
        }

        page.WriteConstant("</td><td>");
        strips.Write(page, job.Job, when);
        page.WriteConstant("</td><td data-before=\"last run\">");
        WriteRun(page, job.LastRun, when);
        page.WriteConstant("</td><td data-before=\"last success\">");
        WriteRun(page, job.LastSuccess, when);
        page.WriteConstant("</td><td data-before=\"next\">");
        if (job.Next is { } next)
        {
            page.WriteConstant(job.IsNextApproximate ? "about " : string.Empty);
            when.WriteDistance(page, next);
        }
        else
        {
            page.WriteConstant("<span class=\"zero\">–</span>");
        }

        if (job.Schedule is { } schedule)
        {
            page.Write($"""<span class="sub"><bdi>{PrintableText.Truncate(schedule, 60)}</bdi></span>""");
        }

        page.WriteConstant("</td></tr>\n");
    }

    private static void WriteRun(MarkupWriter page, StatusRun? run, When when)
    {
        if (run is null)
        {
            page.WriteConstant("<span class=\"zero\">–</span>");
            return;
        }

        page.Write($"""<a href="{Link.Run(run.RunId)}">""");
        when.WriteDistance(page, run.StartedAt);
        page.WriteConstant("</a>");
    }
}
