namespace Dispatcher.Testing.Aws.Fakes.Calls;

/// <summary>A request that has arrived. Each attempt of a client is a request.</summary>
/// <param name="Number">Its number, counted over all callers from 1.</param>
/// <param name="Caller">Who sent it.</param>
/// <param name="Operation">What it asks for: <c>s3:DeleteObject</c>.</param>
/// <param name="Target">Of what: <c>s3://bucket/key</c>, <c>dynamodb://table</c>.</param>
public sealed record FakeCall(int Number, FakeCaller Caller, string Operation, string Target)
{
    /// <inheritdoc />
    public override string ToString() => $"#{Number} {Caller} {Operation} {Target}";
}
