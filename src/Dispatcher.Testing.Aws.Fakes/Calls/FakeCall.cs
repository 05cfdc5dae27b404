namespace Dispatcher.Testing.Aws.Fakes.Calls;

/// <summary>A request that has arrived. Each attempt of a client is a request.</summary>
/// <param name="Number">Its number, counted over all callers from 1.</param>
/// <param name="Caller">Who sent it.</param>
/// <param name="Operation">What it asks for: <c>s3:DeleteObject</c>.</param>
/// <param name="Target">Of what: <c>s3://bucket/key</c>, <c>dynamodb://table</c>, <c>sqs://queue</c>.</param>
public sealed record FakeCall(int Number, FakeCaller Caller, string Operation, string Target)
{
    /// <summary>Gets the rules that apply to it.</summary>
    internal IReadOnlyList<FaultRule> Rules { get; init; } = [];

    /// <inheritdoc />
    public override string ToString() => $"#{Number} {Caller} {Operation} {Target}";

    /// <summary>Determines whether an entry of a batch fails because of a rule.</summary>
    internal bool FailsEntry(string entry, int index)
    {
        foreach (var rule in Rules)
        {
            if (rule.FailsEntry(entry, index))
            {
                return true;
            }
        }

        return false;
    }
}
