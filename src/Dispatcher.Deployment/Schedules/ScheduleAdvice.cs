using System.Text.RegularExpressions;

namespace Dispatcher.Deployment.Schedules;

/// <summary>Suggestions of the expression that was probably intended. Every suggestion is an expression that AWS accepts.</summary>
internal static partial class ScheduleAdvice
{
    private const string Other = "Write rate(1 hour), or cron(0 3 * * ? *) for every day at 03:00.";

    /// <summary>Advises what to write.</summary>
    /// <param name="text">What was written, which is not an expression.</param>
    /// <param name="host">The service that has to accept it.</param>
    /// <returns>A sentence.</returns>
    public static string For(string text, ExpressionHost host)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var bare = string.Join(' ', words);
        return Candidates(bare, words).FirstOrDefault(candidate => IsValid(candidate, host)) is { } meant ? $"Write {meant}." : Other;
    }

    private static IEnumerable<string> Candidates(string bare, string[] words)
    {
        if (bare.IndexOf('(', StringComparison.Ordinal) is > 0 and var open)
        {
            // Blanks around it, or a word in capitals.
            yield return bare[..open].TrimEnd().ToLowerInvariant() + bare[open..];
        }

        if (Every().Match(bare) is { Success: true } every)
        {
            var number = every.Groups["number"] is { Success: true, Value: var written } ? written.TrimStart('0') : "1";
            yield return $"rate({number} {every.Groups["unit"].Value.ToLowerInvariant()}{(number == "1" ? string.Empty : "s")})";
        }

        if (Shorthand(bare.TrimStart('@').ToLowerInvariant()) is { } known)
        {
            yield return known;
        }

        if (words.Length is 5 or 6)
        {
            yield return words.Length == 5 ? CronReader.FromUnix(words) : $"cron({bare})";
        }
    }

    private static string? Shorthand(string word) => word switch
    {
        "hourly" => "rate(1 hour)",
        "daily" or "midnight" or "nightly" => "cron(0 0 * * ? *)",
        "weekly" => "cron(0 0 ? * SUN *)",
        "monthly" => "cron(0 0 1 * ? *)",
        "yearly" or "annually" => "cron(0 0 1 1 ? *)",
        _ => null,
    };

    private static bool IsValid(string candidate, ExpressionHost host) =>
        ExpressionReader.HasForm(candidate) && new ExpressionReader("advice", new FindingCollection()).Read(candidate, host) is not null;

    [GeneratedRegex(
        @"^(every |each )?(?<number>\d{1,6})? ?(?<unit>minute|hour|day)s?\z",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Every();
}
