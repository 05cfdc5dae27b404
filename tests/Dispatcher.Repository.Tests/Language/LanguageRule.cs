using System.Text.RegularExpressions;

namespace Dispatcher.Repository.Tests.Language;

/// <summary>A pattern that the documents and the code avoid, and what to write instead.</summary>
internal sealed class LanguageRule
{
    /// <summary>
    /// What a blank of a pattern matches: blanks, or the end of a line with the indentation and the comment mark of the next one.
    /// </summary>
    private const string Blank = @"(?:[ \t]+|[ \t]*\n[ \t]*(?:///?[ \t]*)?)";

    private readonly Regex _pattern;

    /// <summary>Initializes a new instance of the <see cref="LanguageRule"/> class.</summary>
    /// <param name="pattern">A regular expression; its blanks also match where a line ends.</param>
    /// <param name="instead">What to write instead.</param>
    public LanguageRule(string pattern, string instead)
    {
        _pattern = new Regex(
            pattern.Replace(" ", Blank, StringComparison.Ordinal), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
        Instead = instead;
    }

    /// <summary>Gets what to write instead.</summary>
    public string Instead { get; }

    /// <summary>Finds the pattern in a text.</summary>
    /// <param name="text">The text, with lines that end in <c>\n</c>.</param>
    /// <returns>The line of each finding, from 1, with the words as they are written.</returns>
    public IEnumerable<(int Line, string Words)> Find(string text) =>
        from Match match in _pattern.Matches(text)
        let words = match.Value.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("///" or "//"))
        select (text.AsSpan(0, match.Index).Count('\n') + 1, string.Join(' ', words));
}
