using System.Text.Json.Nodes;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>The names and values that the expressions of one request speak of.</summary>
internal sealed class ExpressionContext(JsonObject? names, JsonObject? values)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Reads a condition; one that is left out always holds.</summary>
    public Predicate<FakeItem?> ReadCondition(string? text) =>
        text is null ? static _ => true : new ConditionReader(new TokenReader(text), this).Read();

    /// <summary>Reads which attributes are asked for.</summary>
    /// <returns><see langword="null"/> if all are.</returns>
    public HashSet<string>? ReadProjection(string? text) =>
        text?.Split(',', StringSplitOptions.TrimEntries).Select(Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Finds the attribute that a placeholder stands for.</summary>
    public string Name(string token)
    {
        if (!token.StartsWith('#'))
        {
            throw new NotSupportedException(
                $"'{token}' in an expression: many words are reserved in DynamoDB. Write a placeholder such as #{token}; paths are not "
                    + "supported.");
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
