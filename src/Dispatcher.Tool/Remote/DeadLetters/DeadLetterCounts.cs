using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.Text;

namespace Dispatcher.Tool.Remote.DeadLetters;

/// <summary>How much was not done: the approximate number of messages of each queue that has any.</summary>
/// <param name="Queues">The names of the queues, with their numbers.</param>
internal sealed record DeadLetterCounts(IReadOnlyList<(string Queue, int Messages)> Queues)
{
    /// <summary>Gets why they could not be counted.</summary>
    /// <value>The default value is <see langword="null"/>: they were.</value>
    public string? Problem { get; init; }

    /// <summary>Gets a value indicating whether there are messages.</summary>
    public bool HasMessages => Queues.Count > 0;

    /// <summary>Gets the numbers as text: <c>2 messages in failed-runs, 1 message in failed-messages</c>.</summary>
    public string Description =>
        string.Join(", ", Queues.Select(static count => $"{Quantity.Count(count.Messages, "message")} in {count.Queue}"));

    /// <summary>Counts the messages without receiving them.</summary>
    /// <param name="client">The client of SQS.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The numbers. Whoever may not read the queues gets the problem instead.</returns>
    public static async Task<DeadLetterCounts> ReadAsync(IAmazonSQS client, RemoteStack stack, CancellationToken cancellationToken)
    {
        try
        {
            var counts = await Task.WhenAll(DeadLetterQueue.Find(stack).Select(async queue =>
            {
                var answer = await client.GetQueueAttributesAsync(
                    new GetQueueAttributesRequest(queue.Url, [QueueAttributeName.ApproximateNumberOfMessages]), cancellationToken);
                return (queue.Name, Messages: answer.ApproximateNumberOfMessages);
            }));
            return new DeadLetterCounts([.. counts.Where(static count => count.Messages > 0)]);
        }
        catch (AmazonServiceException exception)
        {
            return new DeadLetterCounts([])
            {
                Problem = $"The messages of what failed for good are not counted: {exception.Message}",
            };
        }
    }
}
