using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Dispatcher.Aws;

/// <summary>
/// A handler below the SDK's retries that sees each attempt: the exception that leaves the client is only that of the last one.
/// </summary>
internal sealed class AttemptHandler : PipelineHandler
{
    /// <summary>Adds the handler, and the one for spans around the retries, to a client, once.</summary>
    public static void Attach(AmazonServiceClient client)
    {
        var pipeline = AwsPipeline.Of(client);
        var handlers = pipeline.Handlers;
        if (handlers.Exists(static handler => handler is RetryHandler) && !handlers.Exists(static handler => handler is AttemptHandler))
        {
            pipeline.AddHandlerAfter<RetryHandler>(new AttemptHandler());
            pipeline.AddHandlerBefore<RetryHandler>(new AwsSpanHandler(AwsOperation.ServiceOf(client)));
        }
    }

    public override void InvokeSync(IExecutionContext executionContext)
    {
        try
        {
            base.InvokeSync(executionContext);
        }
        catch (Exception exception)
        {
            Note(executionContext, exception);
            throw;
        }
    }

    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        try
        {
            return await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Note(executionContext, exception);
            throw;
        }
    }

    private static void Note(IExecutionContext executionContext, Exception exception)
    {
        AwsAttempts.Note(executionContext.RequestContext.OriginalRequest, exception);
        if (ThrottlingPatience.IsThrottled(exception))
        {
            AdaptiveConcurrency.NoteThrottling();
        }
    }
}
