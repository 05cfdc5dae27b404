namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>Reads an operand: an attribute or a value.</summary>
internal static class OperandReader
{
    public static Func<FakeItem?, FakeValue?> Read(TokenReader tokens, ExpressionContext context)
    {
        var token = tokens.Peek;
        if (token is null || !(token[0] is '#' or ':' || char.IsLetter(token[0])))
        {
            throw tokens.Unexpected();
        }

        tokens.Take();
        if (token == "size" && tokens.TryTake("("))
        {
            var operand = Read(tokens, context);
            tokens.Expect(")");
            return item => operand(item) is { } measured ? FakeValue.OfNumber(measured.Size) : null;
        }

        if (token[0] == ':')
        {
            var value = context.Value(token);
            return _ => value;
        }

        var name = context.Name(token);
        return item => item?.Find(name);
    }
}
