using System.CommandLine;
using System.Globalization;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands;

/// <summary>The option <c>--since</c>.</summary>
internal static class SinceOption
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm",
            "yyyy-MM-dd HH:mm:ss",
    ];

    /// <summary>Creates the option.</summary>
    /// <param name="defaultValue">The default value; <see langword="null"/> for the whole history.</param>
    /// <returns>The option; hand its value to <see cref="Read"/>.</returns>
    public static Option<string?> Create(string? defaultValue = null)
    {
        var option = new Option<string?>("--since")
        {
            Description = "Show runs started at or after: 30m, 12h, 7d, 2w, a date, or an ISO time (local unless it has an offset).",
            HelpName = "TIME",
        };
        if (defaultValue is not null)
        {
            option.DefaultValueFactory = _ => defaultValue;
        }

        return option;
    }

    /// <summary>Reads the option.</summary>
    /// <param name="text">What was given, or <see langword="null"/>.</param>
    /// <param name="now">The current time, in whose offset a time without one is meant.</param>
    /// <returns>The start time, or <see langword="null"/> if none was given.</returns>
    /// <exception cref="BadInputException">It is neither a duration nor a time.</exception>
    public static DateTimeOffset? Read(string? text, DateTimeOffset now)
    {
        if (text is null)
        {
            return null;
        }

        return TryReadDuration(text, out var duration) && duration <= now.UtcDateTime - DateTime.UnixEpoch ? now - duration
            : TryReadTime(text, out var time) ? time
            : throw new BadInputException(
                $"'{text}' is not a time. Write --since as a number with m, h, d or w (30m, 12h, 7d, 2w), as a date ({now:yyyy-MM-dd}), "
                + $"or as an ISO time ({now:yyyy-MM-dd'T'HH:mm:ssK}).");
    }

    private static bool TryReadDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length is < 2 or > 7 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        TimeSpan? unit = text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            'w' => TimeSpan.FromDays(7),
            _ => null,
        };
        duration = number * unit.GetValueOrDefault();
        return unit is not null;
    }

    /// <summary>A time without offset is a local one, as the table shows them: with the offset that was in force then.</summary>
    private static bool TryReadTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out time);
}
