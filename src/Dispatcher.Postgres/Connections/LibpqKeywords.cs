using System.Text;

namespace Dispatcher.Postgres.Connections;

/// <summary>
/// Functions that read libpq's keyword form, <c>host=db user=jobs password='a b\'c'</c>, by libpq's rules: pairs are separated by white
/// space, which may surround '=' too; a value with white space is in single quotes; a backslash takes the next character as it is.
/// </summary>
internal static class LibpqKeywords
{
    /// <summary>Reads a connection string.</summary>
    /// <param name="text">The connection string.</param>
    /// <returns>Keywords and values in their order.</returns>
    /// <exception cref="UnreadableConnectionException">It cannot be read.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string text)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        var position = 0;
        while (SkipBlanks(text, ref position))
        {
            var start = position;
            while (position < text.Length && text[position] != '=' && !char.IsWhiteSpace(text[position]))
            {
                position++;
            }

            var keyword = text[start..position];
            if (!SkipBlanks(text, ref position) || text[position] != '=')
            {
                throw new UnreadableConnectionException("is neither a URL nor made of keywords, each with '=' and a value.");
            }

            position++;
            SkipBlanks(text, ref position);
            pairs.Add(new(keyword, ReadValue(text, ref position)));
        }

        return pairs;
    }

    private static string ReadValue(string text, ref int position)
    {
        var quoted = position < text.Length && text[position] == '\'';
        var value = new StringBuilder();
        for (position += quoted ? 1 : 0; position < text.Length && !IsEnd(text[position], quoted); position++)
        {
            if (text[position] == '\\' && position + 1 < text.Length)
            {
                position++;
            }

            value.Append(text[position]);
        }

        if (quoted)
        {
            // libpq would read on right behind the quote; here a quote in the middle of a value is taken for the mistake that it is.
            if (position == text.Length || (++position < text.Length && !char.IsWhiteSpace(text[position])))
            {
                throw new UnreadableConnectionException(
                @"has a quoted value that does not end, or not where the next keyword begins. Write ' in a value as \'.");
            }
        }

        return value.ToString();
    }

    private static bool IsEnd(char letter, bool quoted) => quoted ? letter == '\'' : char.IsWhiteSpace(letter);

    private static bool SkipBlanks(string text, ref int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position < text.Length;
    }
}
