using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Dispatcher.Aws;

/// <summary>A handler below the SDK's retries that records whether the service has answered, with success or an error.</summary>
internal sealed class AwsAnswerHandler : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var wait = executionContext.RequestContext.ContextAttributes.TryGetValue(AwsWait.Key, out var value) ? value as AwsWait : null;
        wait?.Begin();
        try
        {
            var answer = await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
            wait?.Answer();
            return answer;
        }
        catch (AmazonServiceException exception) when ((int)exception.StatusCode != 0)
        {
            wait?.Answer();
            throw;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            wait?.Miss(exception);
            throw;
        }
    }
}
