using System.Text.RegularExpressions;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>Takes an expression apart.</summary>
internal sealed partial class TokenReader(string text)
{
    private readonly string[] _tokens = Split(text);
    private int _next;

    /// <summary>Gets all tokens.</summary>
    public IReadOnlyList<string> All => _tokens;

    public string? Peek => _next < _tokens.Length ? _tokens[_next] : null;

    public string Take() => Peek is { } token ? _tokens[_next++] : throw Unexpected();

    public bool TryTake(string expected)
    {
        var isNext = string.Equals(Peek, expected, StringComparison.OrdinalIgnoreCase);
        _next += isNext ? 1 : 0;
        return isNext;
    }

    public void Expect(string expected)
    {
        if (!TryTake(expected))
        {
            throw Unexpected();
        }
    }

    public NotSupportedException Unexpected() =>
        new($"'{Peek ?? "the end"}' was not expected in the expression '{text}'. It is wrong, or the fake has to be taught what it means.");

    private static string[] Split(string text)
    {
        var tokens = Token().Matches(text);
        return tokens.Sum(static token => token.Length) == text.Count(static letter => !char.IsWhiteSpace(letter))
            ? [.. tokens.Select(static token => token.Value)]
            : throw new NotSupportedException($"The expression '{text}' has letters that the fake does not know.");
    }

    [GeneratedRegex("[#:]?[A-Za-z0-9_]+|<>|<=|>=|[=<>(),+-]")]
    private static partial Regex Token();
}
