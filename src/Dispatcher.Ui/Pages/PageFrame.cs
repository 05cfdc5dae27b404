using System.Globalization;
using Dispatcher.Reporting.Html;
using Dispatcher.Reporting.Page;

namespace Dispatcher.Ui.Pages;

/// <summary>The frame of all pages: navigation, heading, and what the keys do.</summary>
internal static class PageFrame
{
    private static readonly (string Address, string Text)[] Sections =
        [("/", "Status"), ("/runs", "Runs"), ("/schedules", "Schedules"), ("/plans", "Plans"), ("/report", "Report")];

    /// <summary>Writes a page.</summary>
    /// <param name="output">The output.</param>
    /// <param name="content">The page.</param>
    /// <param name="site">What all pages share.</param>
    public static void Write(TextWriter output, PageContent content, UiSite site)
    {
        var page = new MarkupWriter(output);
        WriteHead(page, content, site);
        page.WriteConstant("<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n");
        WriteBar(page, content, site);
        page.Write($"""<main id="main" tabindex="-1" data-refresh="{content.RefreshSeconds}">""");
        page.WriteConstant("\n<div id=\"live\">\n");
        WriteHeading(page, content);
        content.Write(page);
        page.WriteConstant("</div>\n</main>\n");
        WriteFooter(page, site);
        page.WriteConstant("</body>\n</html>\n");
    }

    private static void WriteHead(MarkupWriter page, PageContent content, UiSite site)
    {
        page.WriteConstant("""
            <!DOCTYPE html>
            <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>

            """);
        if (content.RefreshSeconds > 0)
        {
            page.Write($"""<noscript><meta http-equiv="refresh" content="{Math.Max(30, content.RefreshSeconds)}"/></noscript>""");
        }

        page.Write($"""<link rel="icon" href="{ReportPage.Icon}"/><title>{content.Title} · {site.Tool.Name}</title>""");
        page.WriteConstant("<link rel=\"stylesheet\" href=\"/ui.css\"/><script src=\"/ui.js\" defer=\"defer\"></script>\n</head>\n");
    }

    private static void WriteBar(MarkupWriter page, PageContent content, UiSite site)
    {
        page.WriteConstant("<header class=\"bar\"><div class=\"inner\">");
        page.Write($"""<a class="brand" href="/"><img src="{ReportPage.Icon}" alt="" width="18" height="18"/> {site.Tool.Name}</a>""");
        page.WriteConstant("<nav aria-label=\"Pages\">");
        foreach (var (address, text) in Sections)
        {
            var current = address == content.Section ? "page" : "false";
            page.Write($"""<a href="{address}" aria-current="{current}">{text}</a>""");
        }

        page.WriteConstant("</nav>");
        if (site.Work.Current is { } work)
        {
            page.Write($"""<a class="pill busy" href="/work/{work.Id}">{work.Verb} {work.Job}</a>""");
        }

        page.WriteConstant(site.Settings.AllowRuns
            ? "<span class=\"pill live\" title=\"Jobs can be planned and plans applied from here\">Runs allowed</span>"
            : "<span class=\"pill\" title=\"Start the command with --allow-runs to plan and apply from here\">Read-only</span>");
        page.WriteConstant("</div></header>\n");
    }

    private static void WriteHeading(MarkupWriter page, PageContent content)
    {
        page.WriteConstant("<div class=\"masthead\">");
        if (content.Path.Count > 0)
        {
            page.WriteConstant("<p class=\"path\">");
            foreach (var (address, text) in content.Path)
            {
                page.Write($"""<a href="{address}"><bdi>{text}</bdi></a> <span aria-hidden="true">/</span> """);
            }

            page.WriteConstant("</p>");
        }

        page.Write($"<h1><bdi>{content.Title}</bdi></h1>");
        if (content.Place.Length > 0)
        {
            page.Write($"""<p class="period"><bdi>{content.Place}</bdi></p>""");
        }

        if (content.Verdict is { } verdict)
        {
            page.Write($"""
                <p class="verdict {verdict.CssClass}"><span class="symbol" aria-hidden="true">{verdict.Symbol}</span
                ><span><strong>{verdict.Verdict}</strong> <bdi>{verdict.Detail}</bdi></span></p>

                """);
        }

        foreach (var omission in content.Omissions)
        {
            page.Write($"""<p class="verdict warn"><span class="symbol" aria-hidden="true">!</span><span><bdi>{omission}</bdi>""");
            page.Write($"</span></p>");
        }

        page.WriteConstant("</div>\n");
    }

    private static void WriteFooter(MarkupWriter page, UiSite site)
    {
        var now = TimeZoneInfo.ConvertTime(site.Now, site.Settings.Zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        page.Write($"""<footer><p><span id="updated" role="status">Updated {now}</span>. Times in {site.Settings.Zone.Id}.</p>""");
        page.WriteConstant("""
            <p class="keys"><kbd>/</kbd> filter <kbd>j</kbd> <kbd>k</kbd> next and previous row <kbd>Enter</kbd> open</p></footer>

            """);
    }
}
