using System.Text;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>The operator <c>wildcard</c>: <c>*</c> stands for any text, <c>\*</c> and <c>\\</c> for the characters themselves.</summary>
internal sealed class Wildcard
{
    private readonly string[] _parts;

    private Wildcard(string[] parts) => _parts = parts;

    /// <summary>Compiles a text, or says what is wrong with it.</summary>
    public static Wildcard? Parse(string text, out string problem)
    {
        List<string> parts = [];
        var part = new StringBuilder();
        for (var index = 0; index < text.Length; index++)
        {
            var next = index + 1 < text.Length ? text[index + 1] : '\0';
            switch (text[index])
            {
                case '*' when next == '*':
                    problem = $"there are two wildcards in a row at position {index + 1}. Write one: it stands for any text, also none";
                    return null;
                case '*':
                    parts.Add(part.ToString());
                    part.Clear();
                    break;
                case '\\' when next is not ('*' or '\\'):
                    problem = $"the backslash at position {index + 1} escapes neither * nor \\. Write the character itself as "
                        + "\\\\, which is \"\\\\\\\\\" in JSON";
                    return null;
                case '\\':
                    part.Append(next);
                    index++;
                    break;
                default:
                    part.Append(text[index]);
                    break;
            }
        }

        problem = string.Empty;
        return new Wildcard([.. parts, part.ToString()]);
    }

    /// <summary>Compares a text. Each part is looked for once, from left to right: nothing is tried again.</summary>
    public bool Matches(string text)
    {
        var rest = text.AsSpan();
        if (_parts.Length == 1)
        {
            return rest.SequenceEqual(_parts[0]);
        }

        var (first, last) = (_parts[0], _parts[^1]);
        if (rest.Length < first.Length + last.Length || !rest.StartsWith(first) || !rest.EndsWith(last))
        {
            return false;
        }

        rest = rest[first.Length..^last.Length];
        foreach (var part in _parts.AsSpan()[1..^1])
        {
            var at = rest.IndexOf(part);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(at + part.Length)..];
        }

        return true;
    }
}
