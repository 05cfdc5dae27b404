using Amazon.Lambda.Core;
using Dispatcher.Tool.Terminal;

namespace Dispatcher.Tool.Commands.Running;

/// <summary>The context of an invocation on this machine.</summary>
/// <param name="terminal">The terminal for what the function logs through the context.</param>
/// <param name="timeout">How long the invocation may take; zero for no limit.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class LocalLambdaContext(CliTerminal terminal, TimeSpan timeout, TimeProvider timeProvider) : ILambdaContext
{
    private readonly long _started = timeProvider.GetTimestamp();

    /// <inheritdoc />
    public string AwsRequestId { get; } = Guid.NewGuid().ToString();

    /// <inheritdoc />
    public IClientContext ClientContext => null!;

    /// <inheritdoc />
    public string FunctionName => "dispatch";

    /// <inheritdoc />
    public string FunctionVersion => "$LATEST";

    /// <inheritdoc />
    public ICognitoIdentity Identity => null!;

    /// <inheritdoc />
    public string InvokedFunctionArn => "arn:aws:lambda:local:000000000000:function:dispatch";

    /// <inheritdoc />
    public ILambdaLogger Logger { get; } = new LocalLambdaLogger(terminal);

    /// <inheritdoc />
    public string LogGroupName => "/aws/lambda/dispatch";

    /// <inheritdoc />
    public string LogStreamName => "local";

    /// <inheritdoc />
    public int MemoryLimitInMB => 10_240;

    /// <inheritdoc />
    public TimeSpan RemainingTime => timeout == TimeSpan.Zero ? TimeSpan.Zero : timeout - timeProvider.GetElapsedTime(_started);
}
