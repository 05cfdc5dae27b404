using Amazon.Lambda.Core;
using Dispatcher.Tool.Hosting;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>The context of an invocation on this machine.</summary>
/// <param name="tool">The tool, to whose terminal the function logs through the context.</param>
/// <param name="timeout">How long the invocation may take; zero for no limit.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class LocalLambdaContext(ToolContext tool, TimeSpan timeout, TimeProvider timeProvider) : ILambdaContext
{
    private readonly long _started = timeProvider.GetTimestamp();

    /// <inheritdoc />
    public string AwsRequestId { get; } = Guid.NewGuid().ToString();

    /// <inheritdoc />
    public IClientContext ClientContext => null!;

    /// <inheritdoc />
    public string FunctionName => tool.Name;

    /// <inheritdoc />
    public string FunctionVersion => "$LATEST";

    /// <inheritdoc />
    public ICognitoIdentity Identity => null!;

    /// <inheritdoc />
    public string InvokedFunctionArn => $"arn:aws:lambda:local:000000000000:function:{FunctionName}";

    /// <inheritdoc />
    public ILambdaLogger Logger { get; } = new LocalLambdaLogger(tool.Terminal);

    /// <inheritdoc />
    public string LogGroupName => $"/aws/lambda/{FunctionName}";

    /// <inheritdoc />
    public string LogStreamName => "local";

    /// <inheritdoc />
    public int MemoryLimitInMB => 10_240;

    /// <inheritdoc />
    public TimeSpan RemainingTime => timeout == TimeSpan.Zero ? TimeSpan.Zero : timeout - timeProvider.GetElapsedTime(_started);
}
