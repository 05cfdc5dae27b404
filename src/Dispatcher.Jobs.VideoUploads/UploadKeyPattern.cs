using System.Globalization;
using System.Text.RegularExpressions;

namespace Dispatcher.Jobs.VideoUploads;

/// <summary>
/// A pattern that recognizes the keys that the application gives to uploads, by the regular expression of the parameter <c>keyPattern</c>.
/// </summary>
internal sealed class UploadKeyPattern
{
    public const string Default =
        @"uploads/(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})/(?<session>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\.[A-Za-z0-9]+";

    private const string SessionGroup = "session";
    private const string DateGroup = "date";

    /// <summary>DynamoDB takes no longer hash key.</summary>
    private const int MaxSessionLength = 2048;

    // Matching takes time that is linear in the key's length, whatever the pattern is.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    private static readonly string[] DateFormats = ["yyyy-MM-dd", "yyyy/MM/dd", "yyyy_MM_dd", "yyyy.MM.dd", "yyyyMMdd"];

    // Made once: reading a pattern takes milliseconds, which is more than all else that a run without work does by itself.
    private static readonly UploadKeyPattern DefaultPattern = new(Default);

    private readonly Regex _regex;

    private UploadKeyPattern(string pattern)
    {
        Text = pattern;
        _regex = Anchor(pattern);
    }

    /// <summary>Gets the pattern as it was given.</summary>
    public string Text { get; }

    /// <summary>Gets how many slashes the pattern has before the session's id.</summary>
    public int FoldersBeforeSession => Text.Split($"(?<{SessionGroup}>", 2)[0].Count('/');

    /// <summary>Gets the text that each key begins with; empty if the pattern does not tell.</summary>
    public string Beginning
    {
        get
        {
            var length = Text.Contains('|', StringComparison.Ordinal) ? 0 : Text.TakeWhile(IsLiteral).Count();
            return length < Text.Length && Text[length] is '*' or '?' or '{' ? Text[..Math.Max(0, length - 1)] : Text[..length];
        }
    }

    /// <summary>Reads a pattern that has no defect.</summary>
    public static UploadKeyPattern Read(string pattern) => pattern == Default ? DefaultPattern : new UploadKeyPattern(pattern);

    /// <summary>Determines what is wrong with a pattern.</summary>
    /// <returns>The defect and what to do, or <see langword="null"/> if there is none.</returns>
    public static string? FindDefect(string pattern)
    {
        if (pattern == Default)
        {
            return null;
        }

        try
        {
            // By itself first: 'a)|(b' would only become valid, and lose its anchors, inside the anchoring parentheses.
            var groups = new Regex(pattern, Options).GetGroupNames();
            Anchor(pattern);
            return groups.Contains(SessionGroup, StringComparer.Ordinal)
                ? null
                : $"it has no group named '{SessionGroup}'. Put the part that is the session's id into (?<{SessionGroup}>…).";
        }
        catch (ArgumentException exception)
        {
            return $"it is not a valid regular expression: {exception.Message.TrimEnd('.')}.";
        }
        catch (NotSupportedException)
        {
            return "it is too large, or uses lookarounds, backreferences, atomic groups or conditions, which are not supported. "
                   + "Write it without them.";
        }
    }

    /// <summary>Reads which session a key belongs to. A key of any other form does not belong to an upload.</summary>
    public bool TryRead(string key, out UploadKey upload)
    {
        var match = _regex.Match(key);
        var session = match.Groups[SessionGroup];
        if (!match.Success || session.Length is 0 or > MaxSessionLength)
        {
            upload = default;
            return false;
        }

        var date = match.Groups[DateGroup];
        upload = new UploadKey(session.Value, date.Success ? ReadDate(date.ValueSpan) : null);
        return true;
    }

    private static bool IsLiteral(char character) => char.IsAsciiLetterOrDigit(character) || character is '/' or '_' or '-' or ' ' or '=';

    private static DateOnly? ReadDate(ReadOnlySpan<char> text) =>
        DateOnly.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    // \z, because $ also matches before a final line feed.
    private static Regex Anchor(string pattern) => new($@"\A(?:{pattern})\z", Options);
}
