namespace Dispatcher.Aws;

/// <summary>The call that threw an exception, noted after the SDK's own retries.</summary>
/// <param name="Service">The service, for example <c>S3</c>.</param>
/// <param name="Operation">The operation, for example <c>DeleteObject</c>.</param>
/// <param name="Endpoint">The address of the call.</param>
internal sealed record AwsCall(string Service, string? Operation, Uri? Endpoint)
{
    private const string DataKey = "Dispatcher.Aws.Call";

    /// <summary>
    /// Gets a value indicating whether an attempt at the call ended without an answer, so that it may have been executed.
    /// </summary>
    public bool MayHaveBeenMade { get; init; }

    public static void Note(Exception exception, AwsCall call) => exception.Data[DataKey] = call;

    public static AwsCall? Of(Exception exception) => exception.Data[DataKey] as AwsCall;
}
