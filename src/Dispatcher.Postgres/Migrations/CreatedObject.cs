using System.Text;
using Dispatcher.Postgres.Sql;

namespace Dispatcher.Postgres.Migrations;

/// <summary>An object that a statement creates, according to its text.</summary>
/// <param name="Kind">The kind: <c>TABLE</c>, <c>VIEW</c>, <c>MATERIALIZED VIEW</c>, <c>INDEX</c>.</param>
/// <param name="Name">Its name as the statement spells it.</param>
internal sealed record CreatedObject(string Kind, string Name)
{
    private static readonly string[] Modifiers =
        ["UNIQUE", "CONCURRENTLY", "IF", "NOT", "EXISTS", "OR", "REPLACE", "RECURSIVE", "UNLOGGED", "GLOBAL", "LOCAL"];

    /// <summary>Reads what a statement creates.</summary>
    /// <param name="statement">The statement.</param>
    /// <returns>The object, or <see langword="null"/> if the statement creates nothing that can be found by name.</returns>
    public static CreatedObject? Read(SqlStatement statement)
    {
        var scanner = new SqlScanner(statement.Text);
        if (!scanner.MoveNext() || !scanner.IsWord("CREATE"))
        {
            return null;
        }

        string? kind = null;
        while (scanner.MoveNext() && scanner.Kind == SqlTokenKind.Word)
        {
            var word = scanner.Text.ToString().ToUpperInvariant();
            if (word is "TABLE" or "VIEW" or "INDEX" && kind is null or "MATERIALIZED VIEW")
            {
                kind = kind is null ? word : kind;
            }
            else if (word == "MATERIALIZED")
            {
                kind = "MATERIALIZED VIEW";
            }
            else if (!Modifiers.Contains(word))
            {
                break;
            }
        }

        // CREATE INDEX ON … leaves the name to the server.
        return kind is null || scanner.IsWord("ON") ? null : ReadName(scanner) is { Length: > 0 } name
            ? new CreatedObject(kind, name)
            : null;
    }

    private static string ReadName(SqlScanner scanner)
    {
        var name = new StringBuilder();
        do
        {
            if (scanner.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName && (name.Length == 0 || name[^1] == '.'))
            {
                name.Append(scanner.Text);
            }
            else if (scanner.Is(".") && name.Length > 0)
            {
                name.Append('.');
            }
            else
            {
                break;
            }
        }
        while (scanner.MoveNext());

        return name.ToString();
    }
}
