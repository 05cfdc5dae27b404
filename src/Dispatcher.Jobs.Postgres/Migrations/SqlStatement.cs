namespace Dispatcher.Jobs.Postgres.Migrations;

/// <summary>Is one statement of a SQL file.</summary>
/// <param name="Text">The statement without its semicolon, and without the comments before it.</param>
/// <param name="Line">The line of the file that it begins on, from 1.</param>
public sealed record SqlStatement(string Text, int Line)
{
    /// <summary>Gets the first line of the statement, at most 100 characters, for a report.</summary>
    public string Title
    {
        get
        {
            var end = Text.IndexOf('\n', StringComparison.Ordinal);
            var first = (end < 0 ? Text : Text[..end]).Trim();
            return first.Length <= 100 ? first : $"{first.AsSpan(0, 99)}…";
        }
    }
}
