using System.Text.RegularExpressions;
using Dispatcher.Text;

namespace Dispatcher.Postgres.Sql;

/// <summary>One statement of a SQL file.</summary>
/// <param name="Text">The statement without its semicolon, and without the comments before it.</param>
/// <param name="Line">The line of the file that it begins on, from 1.</param>
public sealed partial record SqlStatement(string Text, int Line)
{
    private const int MaxTitle = 100;

    /// <summary>Gets the first line of the statement for a report: at most 100 characters, and without a password.</summary>
    public string Title
    {
        get
        {
            var end = Text.IndexOf('\n', StringComparison.Ordinal);
            var first = PrintableText.Escape(Secret().Replace((end < 0 ? Text : Text[..end]).Trim(), "${name} '…'"));
            return PrintableText.Truncate(first, MaxTitle);
        }
    }

    /// <summary>Gets a value indicating whether the statement may hold a password, which the server's answer to it may repeat.</summary>
    public bool HoldsSecret => Secret().IsMatch(Text);

    /// <summary>
    /// Finds what follows PASSWORD in CREATE ROLE and its kin, in a connection string or a URL, closed on this line or not.
    /// </summary>
    [GeneratedRegex(
        @"(?<name>\bPASSWORD\b|\w*(password|passwd|pwd|secret|token)\w*['""]?\s*(=>|:=|=)|://)\s*\S.*$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Secret();
}
