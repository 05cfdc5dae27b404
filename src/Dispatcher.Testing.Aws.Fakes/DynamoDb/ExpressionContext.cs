using System.Text.Json.Nodes;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>The names and values that the expressions of one request speak of.</summary>
internal sealed class ExpressionContext(JsonObject? names, JsonObject? values)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Reads a condition; one that is left out always holds.</summary>
    public Predicate<FakeItem?> ReadCondition(string? text) =>
        text is null ? static _ => true : new ConditionReader(new TokenReader(text), this).Read();

    /// <summary>Reads the condition of a query on its key: the hash key is equal to a value, and the sort key may be restricted.</summary>
    public Predicate<FakeItem?> ReadKeyCondition(string text, KeySchema key)
    {
        var tokens = new TokenReader(text);
        var named = tokens.All.Where(static token => char.IsLetter(token[0]) || token[0] == '#')
            .Except(["BETWEEN", "AND", "begins_with"], StringComparer.OrdinalIgnoreCase)
            .Select(Name)
            .ToList();
        var equals = tokens.All.Zip(tokens.All.Skip(1)).Where(static pair => pair.Second == "=").Select(static pair => pair.First);
        if (!equals.Any(token => token[0] != ':' && Name(token) == key.Hash))
        {
            throw DynamoDbError.Validation($"Query condition missed key schema element: {key.Hash}");
        }

        return named.TrueForAll(name => key.Names.Contains(name))
            ? new ConditionReader(tokens, this).Read()
            : throw DynamoDbError.Validation($"Query condition missed key schema element: {key.Range}");
    }

    /// <summary>Reads which attributes are asked for.</summary>
    /// <returns><see langword="null"/> if all are.</returns>
    public HashSet<string>? ReadProjection(string? text) =>
        text?.Split(',', StringSplitOptions.TrimEntries).Select(Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Finds the attribute that a placeholder stands for.</summary>
    public string Name(string token)
    {
        if (!token.StartsWith('#'))
        {
            return ReservedWords.Contains(token)
                ? throw DynamoDbError.Validation(
                    $"Invalid expression: Attribute name is a reserved keyword; reserved keyword: {token}")
                : token;
        }

        _used.Add(token);
        return names?[token]?.GetValue<string>()
            ?? throw DynamoDbError.Validation(
                $"An expression attribute name used in the document path is not defined; attribute name: {token}");
    }

    /// <summary>Finds the value that a placeholder stands for.</summary>
    public FakeValue Value(string token)
    {
        _used.Add(token);
        return values?[token] is { } value
            ? FakeValue.Read(value)
            : throw DynamoDbError.Validation($"An expression attribute value used in expression is not defined; attribute value: {token}");
    }

    /// <summary>Refuses placeholders that no expression speaks of.</summary>
    public void EnsureAllUsed()
    {
        EnsureUsed("ExpressionAttributeNames", names);
        EnsureUsed("ExpressionAttributeValues", values);
    }

    private void EnsureUsed(string member, JsonObject? placeholders)
    {
        string[] unused = [.. (placeholders ?? []).Select(static pair => pair.Key).Where(name => !_used.Contains(name))];
        if (unused.Length > 0)
        {
            throw DynamoDbError.Validation($"Value provided in {member} unused in expressions: keys: {{{string.Join(", ", unused)}}}");
        }
    }
}
