namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>Reads a condition: comparisons, BETWEEN, IN and functions, joined by NOT, AND and OR, which bind in this order.</summary>
internal sealed class ConditionReader(TokenReader tokens, ExpressionContext context)
{
    public Predicate<FakeItem?> Read()
    {
        var condition = ReadOr();
        return tokens.Peek is null ? condition : throw tokens.Unexpected();
    }

    private Predicate<FakeItem?> ReadOr()
    {
        var left = ReadAnd();
        while (tokens.TryTake("OR"))
        {
            left = Or(left, ReadAnd());
        }

        return left;
    }

    private Predicate<FakeItem?> ReadAnd()
    {
        var left = ReadNot();
        while (tokens.TryTake("AND"))
        {
            left = And(left, ReadNot());
        }

        return left;
    }

    private Predicate<FakeItem?> ReadNot()
    {
        if (tokens.TryTake("NOT"))
        {
            var negated = ReadNot();
            return item => !negated(item);
        }

        if (!tokens.TryTake("("))
        {
            return ReadTest();
        }

        var inner = ReadOr();
        tokens.Expect(")");
        return inner;
    }

    private Predicate<FakeItem?> ReadTest() => tokens.Peek switch
    {
        "attribute_exists" => ReadExists(expected: true),
        "attribute_not_exists" => ReadExists(expected: false),
        "begins_with" => ReadFunction(static (value, part) =>
            value.Type == "S" && part.Type == "S" && value.Text.StartsWith(part.Text, StringComparison.Ordinal)),
        "contains" => ReadFunction(static (value, part) => value.Contains(part)),
        "attribute_type" => ReadFunction(static (value, type) => value.Type == type.Text),
        _ => ReadComparison(),
    };

    private Predicate<FakeItem?> ReadExists(bool expected)
    {
        tokens.Take();
        tokens.Expect("(");
        var name = context.Name(tokens.Take());
        tokens.Expect(")");
        return item => item?.Find(name) is not null == expected;
    }

    private Predicate<FakeItem?> ReadFunction(Func<FakeValue, FakeValue, bool> test)
    {
        tokens.Take();
        tokens.Expect("(");
        var value = Operand();
        tokens.Expect(",");
        var argument = Operand();
        tokens.Expect(")");
        return item => value(item) is { } found && argument(item) is { } other && test(found, other);
    }

    private Predicate<FakeItem?> ReadComparison()
    {
        var left = Operand();
        if (tokens.TryTake("BETWEEN"))
        {
            var low = Operand();
            tokens.Expect("AND");
            var high = Operand();
            return item => Compare(left(item), low(item)) >= 0 && Compare(left(item), high(item)) <= 0;
        }

        if (tokens.TryTake("IN"))
        {
            var list = ReadList();
            return item => list.Any(choice => IsEqual(left(item), choice(item)));
        }

        var comparison = tokens.Take();
        var right = Operand();
        return comparison switch
        {
            "=" => item => IsEqual(left(item), right(item)),
            "<>" => item => !IsEqual(left(item), right(item)),
            "<" => item => Compare(left(item), right(item)) < 0,
            "<=" => item => Compare(left(item), right(item)) <= 0,
            ">" => item => Compare(left(item), right(item)) > 0,
            ">=" => item => Compare(left(item), right(item)) >= 0,
            _ => throw tokens.Unexpected(),
        };
    }

    private List<Func<FakeItem?, FakeValue?>> ReadList()
    {
        tokens.Expect("(");
        List<Func<FakeItem?, FakeValue?>> list = [Operand()];
        while (tokens.TryTake(","))
        {
            list.Add(Operand());
        }

        tokens.Expect(")");
        return list;
    }

    private Func<FakeItem?, FakeValue?> Operand() => OperandReader.Read(tokens, context);

    private static bool IsEqual(FakeValue? left, FakeValue? right) => left is not null && right is not null && left.IsEqualTo(right);

    /// <summary>Compares two values. Nothing is less or greater than what is missing or of another type.</summary>
    private static int? Compare(FakeValue? left, FakeValue? right) => left is null || right is null ? null : left.CompareTo(right);

    // Both sides are always evaluated, so that an unsupported comparison fails wherever it stands.
    private static Predicate<FakeItem?> And(Predicate<FakeItem?> left, Predicate<FakeItem?> right) => item => left(item) & right(item);

    private static Predicate<FakeItem?> Or(Predicate<FakeItem?> left, Predicate<FakeItem?> right) => item => left(item) | right(item);
}
