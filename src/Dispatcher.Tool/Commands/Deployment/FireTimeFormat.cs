using System.Globalization;
using Dispatcher.Deployment.Schedules;
using Dispatcher.Deployment.Triggers;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Deployment;

/// <summary>Formats of a schedule and its fire times.</summary>
internal static class FireTimeFormat
{
    private const string TimeFormat = "ddd yyyy-MM-dd HH:mm";
    private const string Separator = " · ";

    /// <summary>The columns before the times: indentation and label.</summary>
    private const int Margin = 10;

    /// <summary>Formats a schedule: the expression, its description, its time zone and its limits.</summary>
    public static string Describe(Trigger trigger)
    {
        var parts = new List<string> { trigger.ExpressionText ?? string.Empty };
        if (trigger.Expression?.Describe() is { } words)
        {
            parts.Add(words);
        }

        if (trigger.Expression is { IsCountedFromDeployment: false })
        {
            parts.Add(trigger.ZoneName);
        }

        if ((trigger.Start is { } start ? Utc(start) : trigger.Unknown.GetValueOrDefault(TriggerProperty.Start)) is { } from)
        {
            parts.Add($"from {from}");
        }

        if ((trigger.End is { } end ? Utc(end) : trigger.Unknown.GetValueOrDefault(TriggerProperty.End)) is { } until)
        {
            parts.Add($"until {until}");
        }

        if (trigger.Unknown.GetValueOrDefault(TriggerProperty.Window) is { } window)
        {
            parts.Add($"a flexible time window of {window}");
        }
        else if (trigger.Window > TimeSpan.Zero)
        {
            parts.Add($"up to {Printable.Duration((long)trigger.Window.TotalMilliseconds)} later");
        }

        return string.Join(Separator, parts);
    }

    /// <summary>Lists the next times, as many on a line as fit.</summary>
    public static string List(Trigger trigger, ScheduleListing view, int width)
    {
        if (trigger.WhyTimesAreUnknown is { } reason)
        {
            return Printable.Text($"not known: {reason}");
        }

        List<string> times = [.. view.NextOf(trigger).Select(fire => Format(fire, trigger, view))];
        if (times.Count == 0)
        {
            return "never";
        }

        var lines = new List<string>();
        var line = trigger.IsApproximate ? "about " : string.Empty;
        foreach (var time in times)
        {
            if (line.Length > 0 && !line.EndsWith(' ') && line.Length + Separator.Length + time.Length > width - Margin)
            {
                lines.Add(line);
                line = string.Empty;
            }

            line += (line.Length == 0 || line.EndsWith(' ') ? string.Empty : Separator) + time;
        }

        lines.Add(line);
        return string.Join('\n', lines);
    }

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Format(FireTime fire, Trigger trigger, ScheduleListing view)
    {
        if (fire.Kind == FireTimeKind.Skipped)
        {
            return $"({fire.At.DateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)} does not exist in {trigger.Zone.Id}: skipped)";
        }

        var shown = TimeZoneInfo.ConvertTime(fire.At, view.Zone);
        var text = shown.ToString(TimeFormat, CultureInfo.InvariantCulture);
        if (TimeZones.ShowsTwice(shown.DateTime, view.Zone))
        {
            text += shown.ToString(" zzz", CultureInfo.InvariantCulture);
        }

        return fire.Kind == FireTimeKind.FirstOfTwo ? $"{text} (the first of two such times)" : text;
    }
}
