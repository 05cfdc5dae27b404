using System.Globalization;
using System.Text.RegularExpressions;
using Dispatcher.Text;

namespace Dispatcher.Tool.Remote.Pauses;

/// <summary>
/// What is remembered of a pause: it stands before the description of the rule or schedule, so that whoever looks at it in the console
/// sees it, and so that one call both switches off and remembers.
/// </summary>
/// <param name="Since">When it was paused.</param>
/// <param name="By">Who paused it.</param>
/// <param name="State">The state before.</param>
/// <param name="Reason">Why, in a few words.</param>
internal sealed partial record PauseMark(DateTimeOffset Since, string By, string State, string Reason)
{
    /// <summary>The maximum length of a description of EventBridge, in characters.</summary>
    public const int MaxDescription = 512;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Writes the mark before a description.</summary>
    /// <param name="description">The description.</param>
    /// <returns>The marked description, which may be longer than <see cref="MaxDescription"/>.</returns>
    public string Mark(string? description)
    {
        // Brackets would end the mark, and a line break the line on which it is.
        var reason = PrintableText.Escape(Reason.ReplaceLineEndings(" ")).Replace('[', '(').Replace(']', ')').Trim();
        var state = State == TriggerSwitch.Enabled ? string.Empty : $" from {State}";
        var time = Since.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        return $"[paused {time} by {By}{state}: {reason}]{(string.IsNullOrEmpty(description) ? string.Empty : $" {description}")}";
    }

    /// <summary>Reads a mark.</summary>
    /// <param name="marked">The description of a rule or schedule.</param>
    /// <param name="description">The description without the mark.</param>
    /// <returns>The mark, or <see langword="null"/> if there is none.</returns>
    public static PauseMark? Read(string? marked, out string? description)
    {
        description = marked;
        if (Pattern().Match(marked ?? string.Empty) is not { Success: true } match || !DateTimeOffset.TryParseExact(
            match.Groups["since"].Value, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since))
        {
            return null;
        }

        description = match.Groups["rest"] is { Success: true, Value: var rest } ? rest : null;
        var state = match.Groups["state"] is { Success: true, Value: var before } ? before : TriggerSwitch.Enabled;
        return new PauseMark(since, match.Groups["by"].Value, state, match.Groups["reason"].Value);
    }

    [GeneratedRegex(
        @"^\[paused (?<since>\S+) by (?<by>\S+?)(?: from (?<state>\w+))?: (?<reason>[^\]]*)\](?: (?<rest>.*))?$", RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
