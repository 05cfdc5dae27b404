using System.Text.RegularExpressions;

namespace Dispatcher.Jobs.Postgres.Migrations;

/// <summary>Is one statement of a SQL file.</summary>
/// <param name="Text">The statement without its semicolon, and without the comments before it.</param>
/// <param name="Line">The line of the file that it begins on, from 1.</param>
public sealed partial record SqlStatement(string Text, int Line)
{
    /// <summary>Gets the first line of the statement, at most 100 characters, for a report. A password in it is blotted out.</summary>
    public string Title
    {
        get
        {
            var end = Text.IndexOf('\n', StringComparison.Ordinal);
            var first = Password().Replace((end < 0 ? Text : Text[..end]).Trim(), "$1 '…'");
            return first.Length <= 100 ? first : $"{first.AsSpan(0, 99)}…";
        }
    }

    /// <summary>Finds what follows PASSWORD in CREATE ROLE and its kin, closed on this line or not.</summary>
    [GeneratedRegex(@"\b(PASSWORD)\s+\S.*$", RegexOptions.IgnoreCase)]
    private static partial Regex Password();
}
