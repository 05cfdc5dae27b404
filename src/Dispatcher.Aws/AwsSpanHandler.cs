using System.Diagnostics;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Dispatcher.Aws;

/// <summary>
/// A handler around the SDK's retries that creates a span of the source <c>Dispatcher.Aws</c> for each call, unless nobody listens. Its
/// tags follow OpenTelemetry's conventions for the AWS SDK; no tag has a value from the request.
/// </summary>
internal sealed class AwsSpanHandler(string service) : PipelineHandler
{
    private static readonly ActivitySource Source = new("Dispatcher.Aws");

    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        using var span = Start(executionContext.RequestContext);
        try
        {
            var answer = await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
            End(span, executionContext);
            return answer;
        }
        catch (Exception exception)
        {
            Fail(span, executionContext, exception);
            throw;
        }
    }

    private static void End(Activity? span, IExecutionContext context)
    {
        if (span is not null && context.ResponseContext.Response is { } answer)
        {
            Tag(span, context, (int)answer.HttpStatusCode, answer.ResponseMetadata?.RequestId);
        }
    }

    private static void Fail(Activity? span, IExecutionContext context, Exception exception)
    {
        if (span is null)
        {
            return;
        }

        var refusal = exception as AmazonServiceException;
        Tag(span, context, refusal is null ? 0 : (int)refusal.StatusCode, refusal?.RequestId);
        span.SetTag("error.type", string.IsNullOrEmpty(refusal?.ErrorCode) ? exception.GetType().FullName : refusal.ErrorCode)
            .SetStatus(ActivityStatusCode.Error);
    }

    private static void Tag(Activity span, IExecutionContext context, int status, string? requestId)
    {
        if (status != 0)
        {
            span.SetTag("http.response.status_code", status);
        }

        if (!string.IsNullOrEmpty(requestId))
        {
            span.SetTag("aws.request_id", requestId);
        }

        if (context.RequestContext.Retries is > 0 and var retries)
        {
            span.SetTag("http.request.resend_count", retries);
        }
    }

    private Activity? Start(IRequestContext context)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var operation = AwsOperation.NameOf(context.OriginalRequest);
        return Source.StartActivity($"{service}.{operation}", ActivityKind.Client)?
            .SetTag("rpc.system", "aws-api").SetTag("rpc.service", service).SetTag("rpc.method", operation)
            .SetTag("cloud.region", context.ClientConfig.RegionEndpoint?.SystemName);
    }
}
