using System.Reflection;
using Dispatcher.Reporting.Charts;
using Dispatcher.Reporting.Html;
using Dispatcher.Text;

namespace Dispatcher.Reporting.Page;

/// <summary>
/// The report as one page without dependencies: no script, font, picture or network access. It is HTML and well-formed XML.
/// </summary>
public static class ReportPage
{
    /// <summary>Forbids the browser everything but the page's own styles and its icon.</summary>
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    internal const string Icon =
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%232f7d5f' d='M1 15V8h4v7zm5 "
            + "0V1h4v14zm5 0V5h4v10z'/%3E%3C/svg%3E";

    /// <summary>Writes the page.</summary>
    /// <param name="output">The output.</param>
    /// <param name="view">What to show.</param>
    public static void Write(TextWriter output, ReportContent view)
    {
        var page = new MarkupWriter(output);
        WriteHead(page, view);
        page.WriteConstant("<body>\n");
        Masthead.Write(page, view);
        page.WriteConstant("<main>\n");
        StatusSection.Write(page, view);
        WriteSections(page, view);
        page.WriteConstant("</main>\n</body>\n</html>\n");
    }

    /// <summary>Formats the title of the page.</summary>
    /// <param name="view">What it shows.</param>
    /// <returns>The title.</returns>
    public static string Title(ReportContent view) =>
        view.Job is null ? "Maintenance runs" : $"Maintenance runs of {PrintableText.Truncate(view.Job, 80)}";

    /// <summary>Writes the sections below the heading.</summary>
    /// <param name="page">The output.</param>
    /// <param name="view">What to show.</param>
    internal static void WriteSections(MarkupWriter page, ReportContent view)
    {
        if (view.Activity.All.Total.Runs == 0)
        {
            EmptySection.Write(page, view);
            return;
        }

        var frame = new ChartFrame(page, new TimeAxis(view.Activity.Timeline, view.Activity.FirstStep));
        HeadlineSection.Write(page, view);
        JobTableSection.Write(page, view.Activity);
        JobChartsSection.Write(frame, view.Activity);
        FailuresSection.Write(page, view);
        AmountsSection.Write(frame, view.Activity);
        EstimatesSection.Write(page, view);
    }

    private static void WriteHead(MarkupWriter page, ReportContent view)
    {
        page.WriteConstant("""
            <!DOCTYPE html>
            <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
            <head>
            <meta charset="utf-8"/>

            """);
        page.Write($"""<meta http-equiv="Content-Security-Policy" content="{Policy}"/>""");
        page.WriteConstant("""
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <meta name="robots" content="noindex"/>
            <meta name="referrer" content="no-referrer"/>

            """);
        page.Write($"""<link rel="icon" href="{Icon}"/><title>{Title(view)}</title><style>""");
        page.WriteConstant(ReadStyle());
        page.WriteConstant("</style>\n</head>\n");
    }

    /// <summary>Reads the style sheet. It is embedded unchanged, so it must not contain characters that XML would escape.</summary>
    internal static string ReadStyle()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("report.css")
            ?? throw new InvalidOperationException("The style sheet 'report.css' is not in the assembly. Build it again.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
