using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.Aws;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Celery;

/// <summary>A sender of batches, which records the outcome of each message.</summary>
internal sealed class TaskSender(QueueClient client, CeleryQueue queue, SendProgress progress, JobContext context)
{
    private const int MaxCallLength = 400;
    private const int MaxErrorLength = 500;

    private int? _maximumMessageSize;
    private bool _sizeIsUnknown;

    /// <summary>Describes a message that is too large: its size, the queue's limit, and what to do.</summary>
    public static string DescribeTooLarge(CeleryMessage message, CeleryQueue queue, int maximum) =>
        $"The message of task '{message.Task}' has {message.Body.Length} bytes, but MaximumMessageSize of queue '{queue.Name}' "
        + $"is {maximum}. " + (maximum < MessageBatches.MaxBytes
            ? $"Raise the queue's MaximumMessageSize (up to {MessageBatches.MaxBytes}), or pass the task a reference to its data."
            : "SQS accepts no more: pass the task a reference to its data, such as an S3 key.");

    /// <summary>Enqueues one batch through the change gate.</summary>
    /// <exception cref="PermanentJobException">No message can be sent: no such queue, no permission.</exception>
    public async Task EnqueueAsync(IReadOnlyList<CeleryMessage> batch, CancellationToken cancellationToken)
    {
        foreach (var message in batch)
        {
            var (eta, expires) = (CeleryEnvelope.Time(message.Eta), CeleryEnvelope.Time(message.Expires));
            Log.Message(context.Logger, message.Id, message.Body.Length, eta, expires, message.Call);
        }

        var outcomes = await context.Changes.TryApplyEachAsync(
            batch,
            Describe,
            async (admitted, token) =>
            {
                await SendAsync(admitted, token);
                return [.. admitted.Select(OutcomeOf)];
            },
            cancellationToken);
        progress.OutsidePlan += outcomes.Count(static outcome => outcome.IsOutsidePlan);
    }

    /// <summary>Only a plan shows what a task is called with: a real run's changes are logged.</summary>
    private Change Describe(CeleryMessage message)
    {
        var call = context.DryRun ? $"{PrintableText.Escape(PrintableText.Truncate(message.Call, MaxCallLength))}, " : string.Empty;
        var eta = message.Eta is null ? string.Empty : $", eta {CeleryEnvelope.Time(message.Eta)}";
        var expires = message.Expires is null ? string.Empty : $", expires {CeleryEnvelope.Time(message.Expires)}";
        return new Change("sqs:SendMessage", queue.TargetOf(message))
        {
            Reason = $"{call}id {message.Id}{eta}{expires}, {message.Body.Length} bytes",
            Evidence = $"taskId={message.Id} call={message.Digest}",
            Counter = "tasksEnqueued",
        };
    }

    private ChangeOutcome OutcomeOf(CeleryMessage message) => progress.FailureOf(message) switch
    {
        null => ChangeOutcome.Applied,
        { OutcomeUnknown: true } failure => ChangeOutcome.Unknown($"task id {message.Id}: {failure.Message}"),
        var failure => ChangeOutcome.Failed(failure.Message),
    };

    private async Task SendAsync(IReadOnlyList<CeleryMessage> batch, CancellationToken cancellationToken)
    {
        var request = new SendMessageBatchRequest(queue.Url, [.. batch.Select(ToEntry)]);
        try
        {
            var response = await client.SendAsync(request, cancellationToken);
            progress.Record(batch, failure: null);
            foreach (var entry in response.Failed ?? [])
            {
                var message = batch[int.Parse(entry.Id, CultureInfo.InvariantCulture)];
                progress.Record([message], AfterLostAnswer(await ExplainAsync(message, entry, cancellationToken), request));
            }
        }
        catch (BatchRequestTooLongException) when (batch.Count > 1)
        {
            // The queue, or the region, may accept less in one batch than SQS documents.
            Log.Halved(context.Logger, batch.Count, queue.Name);
            await SendAsync([.. batch.Take(batch.Count / 2)], cancellationToken);
            await SendAsync([.. batch.Skip(batch.Count / 2)], cancellationToken);
        }
        catch (AmazonSQSException exception) when (QueueKey.Remedy(exception.ErrorCode) is { } remedy)
        {
            var error = $"The key of queue '{queue.Name}' cannot be used: {exception.ErrorCode}: {exception.Message} {remedy}";
            progress.Record(batch, AfterLostAnswer(new Failure(FailureKind.Permanent, PrintableText.Escape(error)), request));
        }
        catch (AmazonSQSException exception) when (context.Classify(exception) is { Kind: FailureKind.Permanent } failure)
        {
            foreach (var message in batch)
            {
                var refusal = await ExplainRefusalAsync(message, failure.Message, cancellationToken);
                progress.Record([message], AfterLostAnswer(refusal, request));
            }

            // One message that is too large fails the whole call: the others are sent without it.
            var fitting = batch.Where(message => !IsTooLarge(message)).ToList();
            if (fitting.Count > 0 && fitting.Count < batch.Count)
            {
                await SendAsync(fitting, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not PermanentJobException && !cancellationToken.IsCancellationRequested
            && context.Classify(exception) is { Kind: not FailureKind.Denied } failure)
        {
            progress.Record(batch, failure);
        }
    }

    /// <summary>A message that the repetition of a batch did not put on the queue may be there since the first request.</summary>
    private static Failure AfterLostAnswer(Failure failure, SendMessageBatchRequest request) =>
        failure with { OutcomeUnknown = AwsAttempts.MayHaveBeenMade(request) };

    private SendMessageBatchRequestEntry ToEntry(CeleryMessage message, int index) =>
        new(index.ToString(CultureInfo.InvariantCulture), message.Body)
        {
            MessageGroupId = message.GroupId,
            MessageDeduplicationId = queue.IsFifo ? message.DeduplicationId : null,
        };

    private async Task<Failure> ExplainAsync(CeleryMessage message, BatchResultErrorEntry entry, CancellationToken cancellationToken)
    {
        var text = PrintableText.Escape(PrintableText.Truncate($"{entry.Code}: {entry.Message}", MaxErrorLength));
        if (QueueKey.Remedy(entry.Code) is { } remedy)
        {
            return new Failure(FailureKind.Permanent, $"{text} {remedy}");
        }

        // KMS throttling is reported as the sender's fault, but it is transient.
        return entry.SenderFault != true || QueueKey.IsThrottled(entry.Code)
            ? new Failure(FailureKind.Transient, text)
            : await ExplainRefusalAsync(message, text, cancellationToken);
    }

    /// <summary>Explains why SQS refuses a message: it is larger than the queue allows, or what SQS itself says.</summary>
    private async Task<Failure> ExplainRefusalAsync(CeleryMessage message, string error, CancellationToken cancellationToken)
    {
        try
        {
            _maximumMessageSize ??= _sizeIsUnknown ? null : await client.GetMaximumMessageSizeAsync(queue, cancellationToken);
        }
        catch (PermanentJobException)
        {
            // What SQS said about the message is worth more than why its limit cannot be read.
            _sizeIsUnknown = true;
        }

        var size = _sizeIsUnknown
            ? $" The message has {message.Body.Length} bytes; the queue's MaximumMessageSize could not be read: "
              + "allow sqs:GetQueueAttributes in the function's role."
            : string.Empty;
        return new Failure(
            FailureKind.Permanent, IsTooLarge(message) ? DescribeTooLarge(message, queue, _maximumMessageSize!.Value) : error + size);
    }

    private bool IsTooLarge(CeleryMessage message) => message.Body.Length > _maximumMessageSize;
}
