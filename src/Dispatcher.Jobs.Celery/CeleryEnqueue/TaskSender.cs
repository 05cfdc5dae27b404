using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Jobs.Celery.CeleryEnqueue;

/// <summary>Sends batches, and finds out for each message of a batch what became of it.</summary>
internal sealed class TaskSender(QueueClient client, CeleryQueue queue, FailureClassifier failures, ILogger logger)
{
    private const int MaxErrorLength = 500;

    private int? _maximumMessageSize;
    private bool _sizeIsUnknown;

    /// <summary>Says of a message that is too large how large it is and what the queue takes.</summary>
    public static string DescribeTooLarge(CeleryMessage message, CeleryQueue queue, int maximum) =>
        $"The message of task '{message.Task}' has {message.Body.Length} bytes, but MaximumMessageSize of queue '{queue.Name}' is {maximum}. "
        + (maximum < MessageBatches.MaxBytes
            ? $"Raise the queue's MaximumMessageSize (up to {MessageBatches.MaxBytes}), or pass the task a reference to its data."
            : "SQS takes no more: pass the task a reference to its data, such as an S3 key.");

    /// <summary>Sends one batch.</summary>
    /// <returns>One outcome per message, in the same order.</returns>
    /// <exception cref="PermanentJobException">No message can be sent: no such queue, no permission.</exception>
    public async Task<IReadOnlyList<SendOutcome>> SendAsync(IReadOnlyList<CeleryMessage> batch, CancellationToken cancellationToken)
    {
        try
        {
            var response = await client.SendAsync(queue, [.. batch.Select(ToEntry)], cancellationToken);
            return await ReadAsync(batch, response, cancellationToken);
        }
        catch (BatchRequestTooLongException) when (batch.Count > 1)
        {
            return await SendHalvesAsync(batch, cancellationToken);
        }
        catch (AmazonSQSException exception) when (QueueKey.Remedy(exception.ErrorCode) is { } remedy)
        {
            var error = $"The key of queue '{queue.Name}' cannot be used: {exception.ErrorCode}: {exception.Message} {remedy}";
            return [.. batch.Select(_ => SendOutcome.Failed(PrintableText.Escape(error), FailureKind.Permanent))];
        }
        catch (AmazonSQSException exception) when (failures.Classify(exception).Kind == FailureKind.Permanent)
        {
            return await SendFittingAsync(batch, exception, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is not PermanentJobException)
        {
            var failure = failures.Classify(exception);
            if (failure.Kind == FailureKind.Denied)
            {
                throw;
            }

            return [.. batch.Select(_ => SendOutcome.Of(failure))];
        }
    }

    private SendMessageBatchRequestEntry ToEntry(CeleryMessage message, int index)
    {
        var entry = new SendMessageBatchRequestEntry(Id(index), message.Body);
        if (queue.IsFifo)
        {
            entry.MessageGroupId = message.GroupId;
            entry.MessageDeduplicationId = message.Id;
        }

        return entry;
    }

    private async Task<IReadOnlyList<SendOutcome>> ReadAsync(
        IReadOnlyList<CeleryMessage> batch, SendMessageBatchResponse response, CancellationToken cancellationToken)
    {
        var failed = (response.Failed ?? []).ToDictionary(entry => entry.Id, StringComparer.Ordinal);
        var outcomes = new SendOutcome[batch.Count];
        for (var index = 0; index < batch.Count; index++)
        {
            if (failed.TryGetValue(Id(index), out var entry))
            {
                outcomes[index] = await ExplainAsync(batch[index], entry, cancellationToken);
            }
        }

        return outcomes;
    }

    private async Task<SendOutcome> ExplainAsync(CeleryMessage message, BatchResultErrorEntry entry, CancellationToken cancellationToken)
    {
        var text = PrintableText.Escape(PrintableText.Truncate($"{entry.Code}: {entry.Message}", MaxErrorLength));
        if (QueueKey.Remedy(entry.Code) is { } remedy)
        {
            return SendOutcome.Failed($"{text} {remedy}", FailureKind.Permanent);
        }

        // Throttling by KMS is reported as the sender's fault, and passes all the same.
        if (entry.SenderFault != true || QueueKey.IsThrottled(entry.Code))
        {
            return SendOutcome.Failed(text, FailureKind.Transient);
        }

        return await CheckSizeAsync(message, cancellationToken) ?? SendOutcome.Failed(text + UnknownSize(message), FailureKind.Permanent);
    }

    /// <summary>One message that is too large fails the whole call: finds it, and sends the others.</summary>
    private async Task<IReadOnlyList<SendOutcome>> SendFittingAsync(
        IReadOnlyList<CeleryMessage> batch, AmazonSQSException exception, CancellationToken cancellationToken)
    {
        var tooLarge = new SendOutcome?[batch.Count];
        for (var index = 0; index < batch.Count; index++)
        {
            tooLarge[index] = await CheckSizeAsync(batch[index], cancellationToken);
        }

        if (tooLarge.All(outcome => outcome is null))
        {
            var failure = failures.Classify(exception);
            return [.. batch.Select(message => SendOutcome.Failed(failure.Message + UnknownSize(message), failure.Kind))];
        }

        var fitting = batch.Where((_, index) => tooLarge[index] is null).ToList();
        var sent = new Queue<SendOutcome>(fitting.Count == 0 ? [] : await SendAsync(fitting, cancellationToken));
        return [.. tooLarge.Select(outcome => outcome ?? sent.Dequeue())];
    }

    /// <summary>The queue, or the region, may take less in one batch than SQS documents.</summary>
    private async Task<IReadOnlyList<SendOutcome>> SendHalvesAsync(IReadOnlyList<CeleryMessage> batch, CancellationToken cancellationToken)
    {
        Log.Halved(logger, batch.Count, queue.Name);
        var half = batch.Count / 2;
        var first = await SendAsync([.. batch.Take(half)], cancellationToken);
        return [.. first, .. await SendAsync([.. batch.Skip(half)], cancellationToken)];
    }

    private async Task<SendOutcome?> CheckSizeAsync(CeleryMessage message, CancellationToken cancellationToken)
    {
        if (_sizeIsUnknown)
        {
            return null;
        }

        try
        {
            _maximumMessageSize ??= await client.GetMaximumMessageSizeAsync(queue, cancellationToken);
        }
        catch (PermanentJobException)
        {
            // What SQS said of the message is worth more than what keeps its limit secret.
            _sizeIsUnknown = true;
            return null;
        }

        return message.Body.Length > _maximumMessageSize
            ? SendOutcome.Failed(DescribeTooLarge(message, queue, _maximumMessageSize.Value), FailureKind.Permanent)
            : null;
    }

    private string UnknownSize(CeleryMessage message) =>
        _sizeIsUnknown
            ? $" The message has {message.Body.Length} bytes; the queue's MaximumMessageSize could not be read: allow sqs:GetQueueAttributes in the function's role."
            : string.Empty;

    private static string Id(int index) => index.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
