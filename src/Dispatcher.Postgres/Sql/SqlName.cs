using System.Globalization;
using System.Text;

namespace Dispatcher.Postgres.Sql;

/// <summary>Writes names of PostgreSQL objects so that an error's remedy can be run as it is.</summary>
internal static class SqlName
{
    /// <summary>Quotes a name. Characters that cannot be printed are escaped, as <c>U&amp;"odd\000Aname"</c>.</summary>
    public static string Quote(string name)
    {
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
    public static string Quote(string schema, string name) => $"{Quote(schema)}.{Quote(name)}";

    /// <summary>Determines whether a text can be printed as it is.</summary>
    public static bool IsPrintable(string text) => Text.PrintableText.Escape(text) == text;
}
