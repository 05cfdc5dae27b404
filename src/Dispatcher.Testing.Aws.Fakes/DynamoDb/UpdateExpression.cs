namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>Reads an update: SET and REMOVE. All values are taken from the item as it was before.</summary>
internal static class UpdateExpression
{
    public static Func<FakeItem, FakeItem> Read(ExpressionContext context, string? text, string hashKey)
    {
        if (text is null)
        {
            return static item => item;
        }

        var tokens = new TokenReader(text);
        var changes = new Dictionary<string, Func<FakeItem, FakeValue?>>(StringComparer.Ordinal);
        while (tokens.Peek is not null)
        {
            var isSet = tokens.TryTake("SET");
            if (!isSet)
            {
                tokens.Expect("REMOVE");
            }

            do
            {
                var name = context.Name(tokens.Take());
                if (name == hashKey)
                {
                    throw DynamoDbError.Validation(
                        $"One or more parameter values were invalid: Cannot update attribute {name}. This attribute is part of the key");
                }

                if (!changes.TryAdd(name, isSet ? ReadAssignment(tokens, context) : static _ => null))
                {
                    throw DynamoDbError.Validation("Invalid UpdateExpression: Two document paths overlap with each other");
                }
            }
            while (tokens.TryTake(","));
        }

        return item => changes.Aggregate(item, (changed, change) => changed.With(change.Key, change.Value(item)));
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

    private static Func<FakeItem, FakeValue> ReadOperand(TokenReader tokens, ExpressionContext context)
    {
        if (!tokens.TryTake("if_not_exists"))
        {
            return Required(OperandReader.Read(tokens, context));
        }

        tokens.Expect("(");
        var name = context.Name(tokens.Take());
        tokens.Expect(",");
        var fallback = Required(OperandReader.Read(tokens, context));
        tokens.Expect(")");
        return item => item.Find(name) ?? fallback(item);
    }

    private static Func<FakeItem, FakeValue> Required(Func<FakeItem?, FakeValue?> operand) => item =>
        operand(item) ?? throw DynamoDbError.Validation("The provided expression refers to an attribute that does not exist in the item");
}
