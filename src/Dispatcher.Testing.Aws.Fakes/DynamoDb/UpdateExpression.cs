using System.Text.Json.Nodes;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>An update: SET, REMOVE, ADD and DELETE. All values are taken from the item as it was before.</summary>
internal sealed class UpdateExpression
{
    private readonly Dictionary<string, Func<FakeItem, FakeValue?>> _changes = new(StringComparer.Ordinal);

    private UpdateExpression()
    {
    }

    /// <summary>Gets the attributes that it changes.</summary>
    public IReadOnlyCollection<string> Names => _changes.Keys;

    public static UpdateExpression Read(ExpressionContext context, string? text, KeySchema key)
    {
        var update = new UpdateExpression();
        if (text is null)
        {
            return update;
        }

        var tokens = new TokenReader(text);
        while (tokens.Peek is not null)
        {
            var clause = ReadClause(tokens);
            do
            {
                var name = context.Name(tokens.Take());
                if (key.Names.Contains(name))
                {
                    throw DynamoDbError.Validation(
                        $"One or more parameter values were invalid: Cannot update attribute {name}. This attribute is part of the key");
                }

                if (!update._changes.TryAdd(name, clause(tokens, context, name)))
                {
                    throw DynamoDbError.Validation("Invalid UpdateExpression: Two document paths overlap with each other");
                }
            }
            while (tokens.TryTake(","));
        }

        return update;
    }

    public FakeItem Apply(FakeItem item) => _changes.Aggregate(item, (changed, change) => changed.With(change.Key, change.Value(item)));

    private static Func<TokenReader, ExpressionContext, string, Func<FakeItem, FakeValue?>> ReadClause(TokenReader tokens)
    {
        if (tokens.TryTake("SET"))
        {
            return static (tokens, context, _) => ReadAssignment(tokens, context);
        }

        if (tokens.TryTake("REMOVE"))
        {
            return static (_, _, _) => static _ => null;
        }

        if (tokens.TryTake("ADD"))
        {
            return static (tokens, context, name) => ReadAddition(tokens, context, name);
        }

        tokens.Expect("DELETE");
        return static (tokens, context, name) => ReadDeletion(tokens, context, name);
    }

    private static Func<FakeItem, FakeValue?> ReadAssignment(TokenReader tokens, ExpressionContext context)
    {
        tokens.Expect("=");
        var left = ReadOperand(tokens, context);
        var isSum = tokens.TryTake("+");
        if (!isSum && !tokens.TryTake("-"))
        {
            return left;
        }

        var right = ReadOperand(tokens, context);
        return item => FakeValue.OfNumber(left(item).Number + (isSum ? right(item).Number : -right(item).Number));
    }

    /// <summary>Reads an addition: to a number, which is 0 if it is missing, or of elements to a set.</summary>
    private static Func<FakeItem, FakeValue?> ReadAddition(TokenReader tokens, ExpressionContext context, string name)
    {
        var value = context.Value(tokens.Take());
        return value.Type switch
        {
            "N" => item => FakeValue.OfNumber((item.Find(name)?.Number ?? 0) + value.Number),
            "SS" or "NS" or "BS" => item => SetOf(value.Type, [.. item.Find(name)?.Elements ?? [], .. value.Elements]),
            _ => throw DynamoDbError.Validation(
                $"Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: {value.Type}"),
        };
    }

    private static Func<FakeItem, FakeValue?> ReadDeletion(TokenReader tokens, ExpressionContext context, string name)
    {
        var value = context.Value(tokens.Take());
        var removed = value.Elements.Select(static element => element.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        return item => SetOf(
            value.Type, [.. (item.Find(name)?.Elements ?? []).Where(element => !removed.Contains(element.GetValue<string>()))]);
    }

    /// <summary>Makes a set; an empty one does not exist.</summary>
    private static FakeValue? SetOf(string type, IReadOnlyList<JsonNode> elements) => elements.Count == 0
        ? null
        : FakeValue.Of(type, new JsonArray([.. elements.DistinctBy(static element => element.GetValue<string>())]));

    private static Func<FakeItem, FakeValue> ReadOperand(TokenReader tokens, ExpressionContext context)
    {
        if (tokens.TryTake("list_append"))
        {
            tokens.Expect("(");
            var first = ReadOperand(tokens, context);
            tokens.Expect(",");
            var second = ReadOperand(tokens, context);
            tokens.Expect(")");
            return item => FakeValue.Of("L", new JsonArray([.. first(item).Elements, .. second(item).Elements]));
        }

        if (!tokens.TryTake("if_not_exists"))
        {
            return Required(OperandReader.Read(tokens, context));
        }

        tokens.Expect("(");
        var name = context.Name(tokens.Take());
        tokens.Expect(",");
        var fallback = ReadOperand(tokens, context);
        tokens.Expect(")");
        return item => item.Find(name) ?? fallback(item);
    }

    private static Func<FakeItem, FakeValue> Required(Func<FakeItem?, FakeValue?> operand) => item =>
        operand(item) ?? throw DynamoDbError.Validation("The provided expression refers to an attribute that does not exist in the item");
}
