using System.Globalization;
using System.Text;
using Dispatcher.Text;

namespace Dispatcher.Postgres.Sql;

/// <summary>The quoting of names of PostgreSQL objects, so that an error's remedy can be run as it is.</summary>
public static class SqlName
{
    /// <summary>Quotes a name. Characters that cannot be printed are escaped, as <c>U&amp;"odd\+00000Aname"</c>.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The name in double quotes.</returns>
    public static string Quote(string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        var quoted = name.Replace("\"", "\"\"", StringComparison.Ordinal);
        if (IsPrintable(quoted))
        {
            return $"\"{quoted}\"";
        }

        var escaped = new StringBuilder("U&\"");
        foreach (var rune in quoted.EnumerateRunes())
        {
            if (rune.Value == '\\')
            {
                escaped.Append(@"\\");
            }
            else if (IsPrintable(rune.ToString()))
            {
                escaped.Append(rune.ToString());
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\+{rune.Value:X6}");
            }
        }

        return escaped.Append('"').ToString();
    }

    /// <summary>Quotes a name with its schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="name">The name.</param>
    /// <returns>Both in double quotes, separated by a dot.</returns>
    public static string Quote(string schema, string name) => $"{Quote(schema)}.{Quote(name)}";

    /// <summary>Determines whether a text can be printed without escapes.</summary>
    /// <param name="text">The text.</param>
    /// <returns><see langword="true"/> if nothing in it has to be escaped.</returns>
    public static bool IsPrintable(string text) => PrintableText.Escape(text) == text;
}
