using System.Diagnostics.CodeAnalysis;
using System.Text;
using Dispatcher.Postgres.Sql;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>
/// The name of a relation, read by SQL's own rules: <c>schema.name</c>, folded to lower case unless it is quoted, as in
/// <c>"Odd Schema"."My""View"</c>. What is no name is refused, so that nothing but a name gets into a statement.
/// </summary>
/// <param name="Schema">The schema; where it is left out the server's search_path decides.</param>
/// <param name="Name">The name.</param>
internal readonly record struct ViewName(string? Schema, string Name)
{
    /// <summary>PostgreSQL cuts longer names off (NAMEDATALEN - 1), and would then refresh another view than was asked for.</summary>
    private const int MaxBytes = 63;

    /// <summary>Gets the name for a statement, always quoted.</summary>
    public string Quoted => Schema is null ? Quote(Name) : $"{Quote(Schema)}.{Quote(Name)}";

    /// <summary>Gets the name for SQL that a person runs, always quoted, with characters that cannot be printed escaped.</summary>
    public string Printable => Schema is null ? SqlName.Quote(Name) : SqlName.Quote(Schema, Name);

    /// <summary>Gets the name for a message.</summary>
    public string Shown => SqlName.IsPrintable(ToString()) ? ToString() : Printable;

    /// <summary>Reads a name that has been checked before.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The name.</returns>
    /// <exception cref="FormatException">It is none.</exception>
    public static ViewName Parse(string text) =>
        TryParse(text, out var name) ? name.Value : throw new FormatException($"'{text}' is no name of a view. Write schema.name.");

    /// <summary>Reads a name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out ViewName? name)
    {
        name = null;
        var position = 0;
        if (!TryReadPart(text, ref position, out var first))
        {
            return false;
        }

        if (position == text.Length)
        {
            name = new ViewName(null, first);
            return true;
        }

        position++;
        if (text[position - 1] != '.' || !TryReadPart(text, ref position, out var second) || position != text.Length)
        {
            return false;
        }

        name = new ViewName(first, second);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => Schema is null ? Show(Name) : $"{Show(Schema)}.{Show(Name)}";

    private static string Quote(string part) => $"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Show(string part) =>
        part.Length > 0 && IsStart(part[0]) && part.All(letter => IsPlain(letter) && !char.IsAsciiLetterUpper(letter)) ? part : Quote(part);

    private static bool TryReadPart(string text, ref int position, [NotNullWhen(true)] out string? part)
    {
        part = position < text.Length && text[position] == '"' ? ReadQuoted(text, ref position) : ReadPlain(text, ref position);
        return part is { Length: > 0 } && !part.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(part) <= MaxBytes;
    }

    private static string? ReadQuoted(string text, ref int position)
    {
        var part = new StringBuilder();
        for (position++; position < text.Length; position++)
        {
            if (text[position] != '"')
            {
                part.Append(text[position]);
            }
            else if (position + 1 < text.Length && text[position + 1] == '"')
            {
                part.Append(text[position++]);
            }
            else
            {
                position++;
                return part.ToString();
            }
        }

        return null;
    }

    private static string? ReadPlain(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && (position == start ? IsStart(text[position]) : IsPlain(text[position])))
        {
            position++;
        }

        // Only ASCII is folded, as the server does it with a multi-byte encoding.
        return string.Concat(text[start..position].Select(letter => char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : letter));
    }

    private static bool IsStart(char letter) => char.IsAsciiLetter(letter) || letter == '_' || letter >= 0x80;

    private static bool IsPlain(char letter) => IsStart(letter) || char.IsAsciiDigit(letter) || letter == '$';
}
