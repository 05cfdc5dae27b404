using Dispatcher.Text;

namespace Dispatcher.Deployment.Schedules;

/// <summary>Functions that find time zones by their IANA names, as AWS does.</summary>
public static class TimeZones
{
    /// <summary>Finds a time zone.</summary>
    /// <param name="name">Its name: <c>Europe/Berlin</c>.</param>
    /// <param name="problem">What is wrong with the name, and what was probably intended.</param>
    public static TimeZoneInfo? Find(string name, out string problem)
    {
        problem = string.Empty;
        if (name.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        var known = TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).ToList();
        problem = $"Unknown time zone '{PayloadText.Shorten(name)}'.{Hint(name, known)} Write a name such as Europe/Berlin, "
            + $"America/New_York or UTC.";
        return null;
    }

    /// <summary>Determines whether the clock of a zone shows a time twice, because it is set back that day.</summary>
    /// <param name="time">The time on the clock.</param>
    /// <param name="zone">The time zone of the clock.</param>
    public static bool ShowsTwice(DateTime time, TimeZoneInfo zone) => WallClock.ToFireTime(time, zone).Kind == FireTimeKind.FirstOfTwo;

    /// <summary>A city alone, or with the wrong continent, is as common as a misspelt name.</summary>
    private static string Hint(string name, List<string> known)
    {
        var hint = SpellingSuggester.DidYouMean(name, known);
        if (hint.Length > 0)
        {
            return hint;
        }

        var city = name.Split('/')[^1].Replace(' ', '_');
        return SpellingSuggester.Find(city, known.Select(id => id.Split('/')[^1])) is { } near
            ? $" Did you mean '{known.First(id => id.Split('/')[^1] == near)}'?"
            : string.Empty;
    }
}
