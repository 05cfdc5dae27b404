using Amazon.SQS;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Dispatcher.Jobs.Celery.CeleryEnqueue;

/// <summary>
/// Puts Celery tasks on an SQS queue. Messages that SQS could not take for the moment are sent again by the next attempt, the others are not.
/// </summary>
internal sealed class CeleryEnqueueJob(
    IAmazonSQS sqs, IConfiguration configuration, FailureClassifier failures, IOptions<RetryOptions> retry)
    : MaintenanceJob<CeleryEnqueueParameters>
{
    private const int MaxCallLength = 400;

    private readonly QueueClient _client = new(sqs);

    protected override async Task<JobResult> RunAsync(
        CeleryEnqueueParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        EnsureOneQueue(context);
        TaskAllowList.Read(configuration).Check(parameters.AllTasks);

        var queue = await _client.FindAsync(parameters, cancellationToken);
        var messages = CeleryMessageFactory.Create(parameters.AllTasks, queue, context);
        await EnsureFitAsync(messages, queue, context, cancellationToken);

        var progress = SendProgress.Of(context);
        RepeatFinalErrors(messages, queue, progress, context);
        var pending = messages.Where(progress.IsPending).ToList();
        context.Changes.EnsureWithinLimit(pending.Count);
        foreach (var batch in MessageBatches.Cut(pending))
        {
            await SendAsync(batch, queue, progress, context, cancellationToken);
        }

        return Conclude(messages, queue, progress, context);
    }

    /// <summary>A name in the payload stands above a URL in the environment; both in one payload contradict each other.</summary>
    private static void EnsureOneQueue(JobContext context)
    {
        var given = context.Parameters;
        if (given.ValueKind == System.Text.Json.JsonValueKind.Object && given.TryGetProperty("queueUrl", out _) && given.TryGetProperty("queueName", out _))
        {
            throw new PermanentJobException("Parameters 'queueUrl' and 'queueName' both name the queue. Give one of them.");
        }
    }

    /// <summary>A dry run asks for the queue's limit; a real run only where SQS refuses a message, to save the call and the permission.</summary>
    private async Task EnsureFitAsync(
        IReadOnlyList<CeleryMessage> messages, CeleryQueue queue, JobContext context, CancellationToken cancellationToken)
    {
        var maximum = context.DryRun ? await _client.GetMaximumMessageSizeAsync(queue, cancellationToken) : MessageBatches.MaxBytes;
        var problems = messages.Where(message => message.Body.Length > maximum).Select(message => TaskSender.DescribeTooLarge(message, queue, maximum)).ToList();
        if (problems.Count > 0)
        {
            throw new PermanentJobException(problems);
        }
    }

    private static void RepeatFinalErrors(
        IReadOnlyList<CeleryMessage> messages, CeleryQueue queue, SendProgress progress, JobContext context)
    {
        foreach (var message in messages)
        {
            if (progress.FinalError(message) is { } error)
            {
                context.Errors.Add(Target(message, queue), error);
            }
        }
    }

    private async Task SendAsync(
        IReadOnlyList<CeleryMessage> batch, CeleryQueue queue, SendProgress progress, JobContext context, CancellationToken cancellationToken)
    {
        foreach (var message in batch)
        {
            Log.Message(context.Logger, message.Id, message.Body.Length, CeleryEnvelope.Time(message.Eta), CeleryEnvelope.Time(message.Expires), message.Call);
        }

        var sender = new TaskSender(_client, queue, failures, context.Logger);
        await context.Changes.TryApplyEachAsync(
            [.. batch.Select(message => Describe(message, queue, context.DryRun))],
            async (_, token) =>
            {
                var outcomes = await sender.SendAsync(batch, token);
                for (var index = 0; index < batch.Count; index++)
                {
                    progress.Record(batch[index], outcomes[index]);
                    if (outcomes[index] is { IsUnknown: true, Error: { } error })
                    {
                        context.Errors.Add(Target(batch[index], queue), $"sqs:SendMessage of task id {batch[index].Id} may have been made or not: {error}");
                    }
                }

                return [.. outcomes.Select(outcome => outcome.ToChangeOutcome())];
            },
            cancellationToken);
    }

    /// <summary>Only a plan shows what a task is called with: a real run's changes go to the log.</summary>
    private static Change Describe(CeleryMessage message, CeleryQueue queue, bool dryRun)
    {
        var eta = message.Eta is null ? string.Empty : $", eta {CeleryEnvelope.Time(message.Eta)}";
        var expires = message.Expires is null ? string.Empty : $", expires {CeleryEnvelope.Time(message.Expires)}";
        var call = dryRun ? $"{Shorten(message.Call)}, " : string.Empty;
        return new Change("sqs:SendMessage", Target(message, queue))
        {
            Reason = $"{call}id {message.Id}{eta}{expires}, {message.Body.Length} bytes",
            Evidence = $"taskId={message.Id}",
            Counter = "tasksEnqueued",
        };
    }

    private JobResult Conclude(IReadOnlyList<CeleryMessage> messages, CeleryQueue queue, SendProgress progress, JobContext context)
    {
        var what = messages.Count == 1 ? $"task '{messages[0].Task}'" : $"{messages.Count} tasks";
        if (context.DryRun)
        {
            return JobResult.Planned($"Would enqueue {what} on '{queue.Name}'.");
        }

        if (progress.Sent == messages.Count)
        {
            // SQS answers a message that it drops as it answers one that it takes.
            return JobResult.Succeeded(queue.IsFifo && context.Slot != context.RunId
                ? $"Enqueued {what} on '{queue.Name}'. If an earlier delivery of this slot was within 5 minutes, SQS has dropped the repetition."
                : $"Enqueued {what} on '{queue.Name}'.");
        }

        var error = $"{progress.Sent} of {messages.Count} tasks are on '{queue.Name}'. {string.Join(" ", progress.Errors.Take(3))}{Unknown(queue, progress, context)}";
        if (progress.MayHelpToRetry && context.Attempt < retry.Value.MaxAttempts)
        {
            throw new TasksNotSentException(error);
        }

        // A failed run may be delivered again whole, which would repeat the tasks that are on the queue.
        return progress.Sent > 0 ? JobResult.Partial(error) : JobResult.Failed(error);
    }

    private static string Unknown(CeleryQueue queue, SendProgress progress, JobContext context)
    {
        if (progress.Unknown == 0)
        {
            return string.Empty;
        }

        var ids = context.Slot == context.RunId
            ? "A new run gives its tasks new ids: it needs an 'id' or 'scheduledTime' to send the same ones."
            : queue.IsFifo
                ? "Another delivery of this slot sends the same task ids, which the queue drops within 5 minutes."
                : "Another delivery of this slot sends the same task ids, by which a task can tell that it has run.";
        return $" {progress.Unknown} more may be on the queue all the same, because the answer is lost. {ids}";
    }

    private static string Target(CeleryMessage message, CeleryQueue queue) => $"sqs://{queue.Name}/{message.Task}";

    private static string Shorten(string call) => PrintableText.Escape(PrintableText.Truncate(call, MaxCallLength));
}
