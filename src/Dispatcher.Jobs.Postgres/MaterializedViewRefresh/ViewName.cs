using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using Dispatcher.Postgres.Sql;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>
/// The name of a relation, read by SQL's own rules: <c>schema.name</c>, folded to lower case unless it is quoted, as in
/// <c>"Odd Schema"."My""View"</c>. Anything else is refused, so that nothing but a name gets into a statement.
/// </summary>
/// <param name="Schema">The schema; <see langword="null"/> leaves it to the server's search_path.</param>
/// <param name="Name">The name.</param>
internal readonly partial record struct ViewName(string? Schema, string Name)
{
    /// <summary>PostgreSQL truncates longer names (NAMEDATALEN - 1), and would then refresh another view than the one requested.</summary>
    private const int MaxBytes = 63;

    private const string Plain = @"[A-Za-z_\u0080-\uFFFF][A-Za-z0-9_$\u0080-\uFFFF]*";
    private const string Part = $"""({Plain}|"([^"\0]|"")+")""";

    /// <summary>Gets the name for a statement, always quoted.</summary>
    public string Quoted => Schema is null ? Quote(Name) : $"{Quote(Schema)}.{Quote(Name)}";

    /// <summary>Gets the name for SQL that a person runs, always quoted, with unprintable characters escaped.</summary>
    public string Printable => Schema is null ? SqlName.Quote(Name) : SqlName.Quote(Schema, Name);

    /// <summary>Gets the name for a message.</summary>
    public string Shown => SqlName.IsPrintable(ToString()) ? ToString() : Printable;

    /// <summary>Reads a name that has been validated before.</summary>
    /// <exception cref="FormatException">The text is not a name.</exception>
    public static ViewName Parse(string text) => TryParse(text, out var name)
        ? name.Value
        : throw new FormatException($"'{text}' is not the name of a relation. Write schema.name.");

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ViewName? name)
    {
        var match = Pattern().Match(text);
        var schema = match.Groups["schema"] is { Success: true, Value: var part } ? Read(part) : null;
        name = match.Success ? new ViewName(schema, Read(match.Groups["name"].Value)) : null;
        return name is { } found && Encoding.UTF8.GetByteCount(found.Name) <= MaxBytes
            && Encoding.UTF8.GetByteCount(found.Schema ?? string.Empty) <= MaxBytes;
    }

    /// <summary>Reads a whole schema: <c>reporting.*</c>.</summary>
    public static bool TryParseSchema(string text, [NotNullWhen(true)] out string? schema)
    {
        var match = WholeSchema().Match(text);
        schema = match.Success ? Read(match.Groups["schema"].Value) : null;
        return schema is not null && Encoding.UTF8.GetByteCount(schema) <= MaxBytes;
    }

    /// <summary>Spells a name or a whole schema in the one way in which two spellings of it are equal.</summary>
    public static string Normalize(string text) => TryParseSchema(text, out var schema) ? ShowSchema(schema)
        : TryParse(text, out var name) ? name.Value.ToString()
        : text;

    /// <summary>Spells a whole schema.</summary>
    public static string ShowSchema(string schema) => $"{Show(schema)}.*";

    /// <inheritdoc />
    public override string ToString() => Schema is null ? Show(Name) : $"{Show(Schema)}.{Show(Name)}";

    private static string Quote(string part) => $"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Show(string part) => LowerCase().IsMatch(part) ? part : Quote(part);

    // Only ASCII is folded, as the server does it with a multi-byte encoding.
    private static string Read(string part) => part[0] == '"'
        ? part[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal)
        : string.Concat(part.Select(static letter => char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : letter));

    [GeneratedRegex($@"\A((?<schema>{Part})\.)?(?<name>{Part})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();

    [GeneratedRegex($@"\A(?<schema>{Part})\.\*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex WholeSchema();

    [GeneratedRegex(@"\A[a-z_\u0080-\uFFFF][a-z0-9_$\u0080-\uFFFF]*\z")]
    private static partial Regex LowerCase();
}
