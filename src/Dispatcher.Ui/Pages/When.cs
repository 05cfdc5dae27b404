using System.Globalization;
using Dispatcher.Reporting.Html;
using Dispatcher.Reporting.Status;

namespace Dispatcher.Ui.Pages;

/// <summary>Times on pages: in the zone of the pages, with the age where that says more.</summary>
/// <param name="zone">The zone.</param>
/// <param name="now">The current time.</param>
internal sealed class When(TimeZoneInfo zone, DateTimeOffset now)
{
    /// <summary>Gets the current time.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>Gets the zone.</summary>
    public TimeZoneInfo Zone { get; } = zone;

    /// <summary>Formats a time.</summary>
    /// <param name="moment">The time.</param>
    /// <param name="format">How.</param>
    /// <returns>The text, in English.</returns>
    public string Format(DateTimeOffset moment, string format = "d MMM, HH:mm") =>
        TimeZoneInfo.ConvertTime(moment, Zone).ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Formats how far a time is from now.</summary>
    /// <param name="moment">The time.</param>
    /// <returns><c>3 h ago</c> or <c>in 20 min</c>.</returns>
    public string Distance(DateTimeOffset moment) =>
        moment > Now ? $"in {AgeText.For(moment - Now)}" : $"{AgeText.For(Now - moment)} ago";

    /// <summary>Writes a time to the minute, with the exact one as its hint.</summary>
    /// <param name="page">The output.</param>
    /// <param name="moment">The time.</param>
    public void Write(MarkupWriter page, DateTimeOffset moment) => page.Write(
        $"""<time datetime="{moment}" title="{Format(moment, "ddd d MMM yyyy, HH:mm:ss zzz")}">{Format(moment)}</time>""");

    /// <summary>Writes how far a time is from now, with the exact one as its hint.</summary>
    /// <param name="page">The output.</param>
    /// <param name="moment">The time.</param>
    public void WriteDistance(MarkupWriter page, DateTimeOffset moment) => page.Write(
        $"""<time datetime="{moment}" title="{Format(moment, "ddd d MMM yyyy, HH:mm:ss zzz")}">{Distance(moment)}</time>""");
}
