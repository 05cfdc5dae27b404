using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.Hosting;

namespace Dispatcher.Aws.Continuations;

/// <summary>
/// A sender of the remaining work of a run to the job queue. The client is created when the first run is continued.
/// </summary>
internal sealed class SqsRequestSender(JobQueueSettings queue, Lazy<IAmazonSQS> sqs) : IRequestSender
{
    public async Task SendAsync(JobRequest next, TimeSpan delay, CancellationToken cancellationToken)
    {
        // 0 is set as well, because it overrides a default delay of the queue.
        var message = new SendMessageRequest(queue.Url, JobRequestJson.Write(next))
        {
            DelaySeconds = (int)Math.Ceiling(delay.TotalSeconds),
        };
        try
        {
            await sqs.Value.SendMessageAsync(message, cancellationToken);
        }
        catch (QueueDoesNotExistException exception)
        {
            throw new PermanentJobException(
                $"There is no queue '{queue.Url}'. Correct {JobQueueSettings.UrlKey}, or create the queue; "
                    + "set AWS_REGION if the queue is in "
                    + "another region.", exception);
        }
        catch (AmazonSQSException exception) when (IsTooLarge(exception))
        {
            throw new PermanentJobException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Queue '{queue.Url}' does not accept a message of {message.MessageBody.Length:N0} bytes. ")
                + "Raise its attribute MaximumMessageSize, to 1,048,576 at most, or give the job smaller parameters.",
                exception);
        }
    }

    /// <summary>SQS has no separate error code for this: <c>InvalidParameterValue</c>, and the limit in its text.</summary>
    private static bool IsTooLarge(AmazonSQSException exception) =>
        exception.Message.Contains("must be shorter than", StringComparison.OrdinalIgnoreCase);
}
