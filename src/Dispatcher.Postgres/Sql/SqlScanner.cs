namespace Dispatcher.Postgres.Sql;

/// <summary>
/// A reader of SQL, token by token, by PostgreSQL's lexical rules (https://www.postgresql.org/docs/15/sql-syntax-lexical.html). It skips
/// white space and comments.
/// </summary>
internal sealed class SqlScanner(string sql)
{
    private int _end;
    private (int Start, int End) _previousWord;

    /// <summary>Gets the kind of the current token.</summary>
    public SqlTokenKind Kind { get; private set; }

    /// <summary>Gets the position at which the current token begins.</summary>
    public int Start { get; private set; }

    /// <summary>Gets the current token.</summary>
    public ReadOnlySpan<char> Text => sql.AsSpan(Start, _end - Start);

    public bool Is(string text) => Kind != SqlTokenKind.Text && Text.SequenceEqual(text);

    public bool IsWord(string word) => Kind == SqlTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Determines whether the token before the current one is a certain word.</summary>
    public bool FollowsWord(string word) =>
        sql.AsSpan(_previousWord.Start, _previousWord.End - _previousWord.Start).Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Moves to the next token.</summary>
    /// <returns><see langword="false"/> at the end of the text.</returns>
    /// <exception cref="FormatException">A quote or a comment does not end.</exception>
    public bool MoveNext()
    {
        _previousWord = Kind == SqlTokenKind.Word ? (Start, _end) : default;
        var position = SkipBlanks(_end);
        Start = position;
        if (position >= sql.Length)
        {
            _end = position;
            return false;
        }

        (Kind, _end) = sql[position] switch
        {
            '\'' => (SqlTokenKind.Text, FindClosing('\'', position + 1, backslashEscapes: false)),
            'e' or 'E' when Peek(position + 1) == '\'' => (SqlTokenKind.Text, FindClosing('\'', position + 2, backslashEscapes: true)),
            '"' => (SqlTokenKind.QuotedName, FindClosing('"', position + 1, backslashEscapes: false)),
            '$' when ReadDollarTag(position) is { } tag => (SqlTokenKind.Text, FindDollarEnd(position, tag)),
            var letter when IsWordStart(letter) => (SqlTokenKind.Word, FindWordEnd(position)),
            var digit when char.IsAsciiDigit(digit) => (SqlTokenKind.Symbol, FindWordEnd(position)),
            _ => (SqlTokenKind.Symbol, position + 1),
        };
        return true;
    }

    private static bool IsWordStart(char letter) => char.IsAsciiLetter(letter) || letter == '_' || letter >= 0x80;

    private char Peek(int position) => position < sql.Length ? sql[position] : '\0';

    private int FindWordEnd(int position)
    {
        while (position < sql.Length && (IsWordStart(sql[position]) || char.IsAsciiDigit(sql[position]) || sql[position] == '$'))
        {
            position++;
        }

        return position;
    }

    private int SkipBlanks(int position)
    {
        while (position < sql.Length)
        {
            if (char.IsWhiteSpace(sql[position]) || sql[position] == '\uFEFF')
            {
                position++;
            }
            else if (sql[position] == '-' && Peek(position + 1) == '-')
            {
                position = sql.IndexOf('\n', position) is var end and >= 0 ? end : sql.Length;
            }
            else if (sql[position] == '/' && Peek(position + 1) == '*')
            {
                position = FindCommentEnd(position);
            }
            else
            {
                break;
            }
        }

        return position;
    }

    /// <summary>Comments of SQL nest.</summary>
    private int FindCommentEnd(int start)
    {
        var depth = 0;
        for (var position = start; position + 1 < sql.Length; position++)
        {
            var step = (sql[position], sql[position + 1]) switch { ('/', '*') => 1, ('*', '/') => -1, _ => 0 };
            depth += step;
            position += step == 0 ? 0 : 1;
            if (depth == 0)
            {
                return position + 1;
            }
        }

        throw Unclosed("comment", start);
    }

    /// <summary>Finds the end of a quoted text. Two quotes in a row stand for one.</summary>
    private int FindClosing(char quote, int position, bool backslashEscapes)
    {
        for (var at = position; at < sql.Length; at++)
        {
            if (sql[at] == '\\' && backslashEscapes)
            {
                at++;
            }
            else if (sql[at] == quote && Peek(at + 1) == quote)
            {
                at++;
            }
            else if (sql[at] == quote)
            {
                return at + 1;
            }
        }

        throw Unclosed("quote", Start);
    }

    private string? ReadDollarTag(int position)
    {
        var end = position + 1;
        while (end < sql.Length && (IsWordStart(sql[end]) || (end > position + 1 && char.IsAsciiDigit(sql[end]))))
        {
            end++;
        }

        return Peek(end) == '$' ? sql[position..(end + 1)] : null;
    }

    private int FindDollarEnd(int position, string tag)
    {
        var end = sql.IndexOf(tag, position + tag.Length, StringComparison.Ordinal);
        return end < 0 ? throw Unclosed($"quote {tag}", position) : end + tag.Length;
    }

    private FormatException Unclosed(string what, int position) =>
        new($"The {what} that begins on line {sql.AsSpan(0, position).Count('\n') + 1} does not end. Close it.");
}
