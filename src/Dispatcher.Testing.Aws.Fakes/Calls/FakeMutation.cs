namespace Dispatcher.Testing.Aws.Fakes.Calls;

/// <summary>A change that was made.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Call">The request that made it.</param>
/// <param name="Operation">What was done, also by one item of a batch: <c>s3:DeleteObject</c>, <c>dynamodb:UpdateItem</c>.</param>
/// <param name="Target">What it was done to: <c>s3://bucket/key</c>, <c>dynamodb://table/id</c>.</param>
/// <param name="Detail">What was there and what is there now.</param>
public sealed record FakeMutation(int Number, FakeCall Call, string Operation, string Target, string? Detail)
{
    /// <inheritdoc />
    public override string ToString() => $"{Number}. {Call.Caller} #{Call.Number} {Operation} {Target} {Detail}";
}
