using Amazon.SQS;
using Amazon.SQS.Model;

namespace Dispatcher.Tool.Remote.DeadLetters;

/// <summary>
/// The messages of what was not done. While they are read, nobody else receives them; <see cref="ReleaseAsync"/> shows them again.
/// </summary>
/// <param name="client">The client of SQS.</param>
internal sealed class DeadLetterBox(IAmazonSQS client)
{
    /// <summary>The maximum number of messages that are read of one queue.</summary>
    public const int MaxMessages = 500;

    private const int BatchSize = 10;

    /// <summary>The time for reading, for the question, and for what is then done; then the messages come back by themselves.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromMinutes(5);

    private readonly List<DeadLetter> _held = [];

    /// <summary>Gets the messages that were read, oldest first.</summary>
    public IReadOnlyList<DeadLetter> Letters => [.. _held.OrderBy(static letter => letter.At)];

    /// <summary>Reads the messages of a queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task ReadAsync(DeadLetterQueue queue, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, DeadLetter>(StringComparer.Ordinal);
        while (found.Count < MaxMessages)
        {
            // Without waiting, SQS asks only some of its servers, and an empty answer means nothing.
            var answer = await client.ReceiveMessageAsync(
                new ReceiveMessageRequest
                {
                    QueueUrl = queue.Url,
                    MaxNumberOfMessages = BatchSize,
                    VisibilityTimeout = (int)Held.TotalSeconds,
                    WaitTimeSeconds = 1,
                    MessageSystemAttributeNames = ["All"],
                    MessageAttributeNames = ["All"],
                },
                cancellationToken);
            foreach (var message in answer.Messages ?? [])
            {
                found[message.MessageId] = DeadLetterFormat.Read(queue, message);
            }

            if (answer.Messages is not { Count: > 0 })
            {
                break;
            }
        }

        lock (_held)
        {
            _held.AddRange(found.Values);
        }
    }

    /// <summary>Deletes a message.</summary>
    /// <param name="letter">The message.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task DeleteAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        await client.DeleteMessageAsync(letter.Queue.Url, letter.Receipt, cancellationToken);
        _held.Remove(letter);
    }

    /// <summary>Makes what was not deleted visible to others again.</summary>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in _held.GroupBy(static letter => letter.Queue.Url))
        {
            foreach (var batch in queue.Chunk(BatchSize))
            {
                await client.ChangeMessageVisibilityBatchAsync(
                    new ChangeMessageVisibilityBatchRequest
                    {
                        QueueUrl = queue.Key,
                        Entries =
                        [
                            .. batch.Select(static (letter, index) => new ChangeMessageVisibilityBatchRequestEntry
                            {
                                Id = $"m{index}",
                                ReceiptHandle = letter.Receipt,
                                VisibilityTimeout = 0,
                            }),
                        ],
                    },
                    cancellationToken);
            }
        }

        _held.Clear();
    }
}
