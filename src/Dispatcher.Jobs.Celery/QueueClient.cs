using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.Aws;

namespace Dispatcher.Jobs.Celery;

/// <summary>A client of SQS that explains the errors about a queue.</summary>
internal sealed class QueueClient(IAmazonSQS sqs)
{
    private const string MaximumMessageSize = "MaximumMessageSize";
    private const string VisibilityTimeout = "VisibilityTimeout";

    /// <summary>Finds the queue that the parameters name.</summary>
    public async Task<CeleryQueue> FindAsync(CeleryEnqueueParameters parameters, CancellationToken cancellationToken)
    {
        if (parameters.QueueName is not { } name)
        {
            return CeleryQueue.Create(parameters.QueueUrl!.OriginalString, parameters.RoutingKey);
        }

        var request = new GetQueueUrlRequest(name);
        var response = await CallAsync("sqs:GetQueueUrl", name, () => sqs.GetQueueUrlAsync(request, cancellationToken));
        return CeleryQueue.Create(response.QueueUrl, parameters.RoutingKey);
    }

    /// <summary>Gets the size of the largest message that the queue accepts, in bytes.</summary>
    public async Task<int> GetMaximumMessageSizeAsync(CeleryQueue queue, CancellationToken cancellationToken)
    {
        return await GetAttributeAsync(queue, MaximumMessageSize, cancellationToken) ?? MessageBatches.MaxBytes;
    }

    /// <summary>Gets after how long the queue delivers a message again that a worker holds.</summary>
    /// <returns>The time in seconds, or <see langword="null"/> if SQS does not say.</returns>
    public Task<int?> GetVisibilityTimeoutAsync(CeleryQueue queue, CancellationToken cancellationToken) =>
        GetAttributeAsync(queue, VisibilityTimeout, cancellationToken);

    /// <summary>Sends one batch.</summary>
    public Task<SendMessageBatchResponse> SendAsync(SendMessageBatchRequest batch, CancellationToken cancellationToken) =>
        CallAsync("sqs:SendMessage", batch.QueueUrl, () => sqs.SendMessageBatchAsync(batch, cancellationToken));

    private async Task<int?> GetAttributeAsync(CeleryQueue queue, string name, CancellationToken cancellationToken)
    {
        var request = new GetQueueAttributesRequest(queue.Url, [name]);
        var response = await CallAsync("sqs:GetQueueAttributes", queue.Url, () => sqs.GetQueueAttributesAsync(request, cancellationToken));
        return response.Attributes?.TryGetValue(name, out var text) == true && int.TryParse(text, out var value) ? value : null;
    }

    private async Task<T> CallAsync<T>(string action, string queue, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (QueueDoesNotExistException exception)
        {
            throw new PermanentJobException(
                $"There is no queue '{queue}' in {Region ?? "this region"}. Correct queueUrl (CELERY_QUEUE_URL) or queueName, "
                + $"or create the queue. {RegionHint(queue)}",
                exception);
        }
        catch (AmazonSQSException exception) when (exception.ErrorCode is "AccessDenied" or "AccessDeniedException")
        {
            var denied = DeniedAction.Find(exception.Message)?.Action;
            var remedy = denied?.StartsWith("kms:", StringComparison.OrdinalIgnoreCase) == true
                ? $"Allow {denied} on the queue's key in the function's role, and look at the key's own policy."
                : $"Allow {action} on the queue in the function's role, and look at the queue's own policy.";
            throw new PermanentJobException($"Access to queue '{queue}' is denied. {remedy} ({exception.Message})", exception);
        }
    }

    private string? Region => sqs.Config?.RegionEndpoint?.SystemName is { } region ? $"region {region}" : null;

    /// <summary>SQS finds a queue only in the region that is called, whatever the URL says.</summary>
    private string RegionHint(string queue) =>
        CeleryQueue.RegionOf(queue) is { } region && sqs.Config?.RegionEndpoint?.SystemName is { } called && region != called
            ? $"The URL is of region {region}, but {called} was called: set AWS_REGION to {region}."
            : "A queue of another region needs AWS_REGION.";
}
