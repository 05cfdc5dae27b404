namespace Dispatcher.Postgres.Sql;

/// <summary>
/// The splitting of a SQL file into statements, as psql does it: a semicolon ends a statement, except in quotes, dollar quotes, comments,
/// parentheses and the body of a function written BEGIN ATOMIC … END.
/// </summary>
public static class SqlStatementSplitter
{
    /// <summary>Splits a text.</summary>
    /// <param name="sql">The text.</param>
    /// <returns>The statements, in order; empty ones are omitted.</returns>
    /// <exception cref="FormatException">
    /// A quote or a comment does not end, or a line is a command of psql; the message names the line.
    /// </exception>
    public static IReadOnlyList<SqlStatement> Split(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);

        var statements = new List<SqlStatement>();
        var scanner = new SqlScanner(sql);
        var start = -1;
        var (depth, atomic) = (0, 0);
        while (scanner.MoveNext())
        {
            if (scanner.Kind == SqlTokenKind.Symbol && scanner.Is(";") && depth <= 0 && atomic <= 0)
            {
                Add(statements, sql, start, scanner.Start);
                start = -1;
                (depth, atomic) = (0, 0);
                continue;
            }

            if (start < 0)
            {
                start = scanner.Start;
                if (scanner.Is("\\"))
                {
                    throw new FormatException(
                        $"Line {LineOf(sql, start)} is a psql command, which the server does not know. Write it as SQL, "
                            + "or run the file with psql.");
                }
            }

            depth += scanner.Is("(") ? 1 : scanner.Is(")") ? -1 : 0;
            atomic += scanner.Kind == SqlTokenKind.Word ? Nesting(scanner, atomic) : 0;
        }

        Add(statements, sql, start, sql.Length);
        return statements;
    }

    /// <summary>
    /// Returns by how much a word changes the nesting depth: BEGIN ATOMIC opens one, and in it CASE opens and END closes.
    /// </summary>
    private static int Nesting(SqlScanner scanner, int atomic) => atomic switch
    {
        0 => scanner.IsWord("ATOMIC") && scanner.FollowsWord("BEGIN") ? 1 : 0,
        _ => scanner.IsWord("CASE") || scanner.IsWord("BEGIN") ? 1 : scanner.IsWord("END") ? -1 : 0,
    };

    private static void Add(List<SqlStatement> statements, string sql, int start, int end)
    {
        if (start >= 0)
        {
            statements.Add(new SqlStatement(sql[start..end].TrimEnd(), LineOf(sql, start)));
        }
    }

    private static int LineOf(string sql, int position) => sql.AsSpan(0, position).Count('\n') + 1;
}
