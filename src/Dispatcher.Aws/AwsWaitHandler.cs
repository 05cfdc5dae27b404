using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Dispatcher.Aws;

/// <summary>A handler around the SDK's retries that ends a call after too long a time without an answer.</summary>
/// <param name="waits">The calls of the client.</param>
internal sealed class AwsWaitHandler(AwsWaits waits) : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        if (executionContext.RequestContext is not RequestContext context)
        {
            return await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
        }

        var caller = context.CancellationToken;
        using var wait = new AwsWait(waits, context);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(caller, wait.Token);
        context.CancellationToken = either.Token;
        context.ContextAttributes[AwsWait.Key] = wait;
        try
        {
            return await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
        }
        catch (Exception exception) when (wait.Token.IsCancellationRequested
            && !caller.IsCancellationRequested
            && exception is not AmazonServiceException)
        {
            throw wait.ToException(exception);
        }
        finally
        {
            context.CancellationToken = caller;
        }
    }
}
