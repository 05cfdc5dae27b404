using Dispatcher.Reporting.Html;

namespace Dispatcher.Reporting.Charts;

/// <summary>
/// The frame of every chart: caption, values on the left, dates below. Only the drawing is SVG, stretched to the width of the page; text
/// is HTML, so that it keeps its size on a phone.
/// </summary>
/// <param name="page">The output.</param>
/// <param name="time">The horizontal axis.</param>
internal sealed class ChartFrame(MarkupWriter page, TimeAxis time)
{
    /// <summary>How high a drawing is, in its own units.</summary>
    public const int Height = 100;

    /// <summary>How much higher it is with a lane of marks below the axis.</summary>
    public const int LaneHeight = 16;

    private int _charts;

    /// <summary>Gets the page.</summary>
    public MarkupWriter Page => page;

    /// <summary>Gets the horizontal axis.</summary>
    public TimeAxis Time => time;

    /// <summary>Writes a chart.</summary>
    /// <param name="caption">What it shows, for everybody.</param>
    /// <param name="description">What is to be seen in it, for those who do not see it.</param>
    /// <param name="scale">The vertical axis.</param>
    /// <param name="hasLane">Whether there are marks below the axis.</param>
    /// <param name="draw">Draws what is in it.</param>
    public void Write(string caption, string description, Scale scale, bool hasLane, Action draw)
    {
        var id = ++_charts;
        var height = Height + (hasLane ? LaneHeight : 0);
        page.Write($"""<figure class="chart"><figcaption>{caption}</figcaption><div class="plot">""");
        WriteValue(0, scale.Format(scale.Top));
        WriteValue(50.0 * Height / height, scale.Format(scale.Top / 2));
        page.Write(
            $"""<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t{id} d{id}" viewBox="0 0 {time.Width} {height}" """);
        page.Write($"""preserveAspectRatio="none"><title id="t{id}">{caption}</title><desc id="d{id}">{description}</desc>""");
        page.Write($"""<path class="grid" d="M0 0H{time.Width}M0 50H{time.Width}"/>""");
        draw();
        page.Write($"""<path class="base" d="M0 {Height}H{time.Width}"/></svg></div><div class="dates" aria-hidden="true">""");
        foreach (var (place, label) in time.Labels().Where(label => label.Place < 97))
        {
            page.Write($"""<span style="left:{place}%">{label}</span>""");
        }

        page.WriteConstant("</div></figure>\n");
    }

    /// <summary>Writes what a pointer finds over a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="words">What happened in it.</param>
    public void WriteTip(int step, string words)
    {
        page.Write($"""<rect class="tip" x="{time.X(step)}" width="{TimeAxis.StepWidth}" height="{Height}">""");
        page.Write($"<title>{time.Name(step)}: {words}</title></rect>");
    }

    private void WriteValue(double top, string word)
    {
        if (word.Length > 0)
        {
            page.Write($"""<span class="value" style="top:{top}%" aria-hidden="true">{word}</span>""");
        }
    }
}
