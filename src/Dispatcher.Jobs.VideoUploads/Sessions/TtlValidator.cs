using System.Globalization;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>
/// A validator that finds a ttl that cannot be the time at which a session expires, such as a duration or a time in milliseconds.
/// </summary>
internal static class TtlValidator
{
    /// <summary>
    /// DynamoDB removes no item whose ttl is longer ago than this, for the same reason
    /// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html).
    /// </summary>
    private const int MaxYearsPast = 5;

    /// <summary>Checks a session's ttl.</summary>
    /// <returns>What is wrong with it, or <see langword="null"/> if it can be a time.</returns>
    public static string? FindDefect(UploadSession session, DateOnly? keyDate, string attribute, DateTimeOffset now)
    {
        if (session.TtlText is null)
        {
            return $"has no {attribute}, or one that is not a number.";
        }

        if (session.Ttl is not { } ttl)
        {
            return $"has the {attribute} {session.TtlText}, which is not a time in epoch seconds; "
                + "milliseconds are a thousand times as much.";
        }

        if (ttl < now.AddYears(-MaxYearsPast))
        {
            return $"has the {attribute} {session.TtlText}, which is {Format(ttl)}, more than {MaxYearsPast} years ago: "
                + "a duration rather than "
                   + "a time in epoch seconds.";
        }

        return keyDate is { } date && ttl < new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            ? $"has the {attribute} {session.TtlText}, which is {Format(ttl)}, before the day of its own key '{session.Key}' in UTC. "
                + "If the dates "
              + "in keys are not in UTC, set the parameter keyPattern without its group 'date'."
            : null;
    }

    private static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
