using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.Hosting;

namespace Dispatcher.Aws.Continuations;

/// <summary>Sends what a run has left to the queue that the function itself reads. The client is made when the first run is continued.</summary>
internal sealed class SqsContinuationSender(JobQueue queue, Lazy<IAmazonSQS> sqs) : IContinuationSender
{
    public async Task SendAsync(JobRequest next, TimeSpan delay, CancellationToken cancellationToken)
    {
        // 0 is said as well: it takes the place of a delay that the queue may have.
        var message = new SendMessageRequest(queue.Url, JobRequestJson.Write(next)) { DelaySeconds = (int)Math.Ceiling(delay.TotalSeconds) };
        try
        {
            await sqs.Value.SendMessageAsync(message, cancellationToken);
        }
        catch (QueueDoesNotExistException exception)
        {
            throw new PermanentJobException(
                $"There is no queue '{queue.Url}'. Correct {JobQueue.UrlKey}, or create the queue; a queue of another region needs AWS_REGION.", exception);
        }
        catch (AmazonSQSException exception) when (IsTooLarge(exception))
        {
            throw new PermanentJobException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Queue '{queue.Url}' takes no message of {message.MessageBody.Length:N0} bytes. ")
                + "Raise its attribute MaximumMessageSize, to 1,048,576 at most, or give the job smaller parameters.",
                exception);
        }
    }

    /// <summary>SQS has no error code of its own for this: <c>InvalidParameterValue</c>, and the limit in its text.</summary>
    private static bool IsTooLarge(AmazonSQSException exception) =>
        exception.Message.Contains("must be shorter than", StringComparison.OrdinalIgnoreCase);
}
