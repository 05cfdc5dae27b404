using System.Text.Json;
using Amazon.SQS;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Jobs.Celery;

/// <summary>
/// A job that puts Celery tasks on an SQS queue. Messages that SQS refuses for the moment are sent again by the next attempt,
/// the others are not.
/// </summary>
internal sealed class CeleryEnqueueJob(IAmazonSQS sqs, IConfiguration configuration) : MaintenanceJob<CeleryEnqueueParameters>
{
    private readonly QueueClient _client = new(sqs);

    protected override async Task<JobResult> RunAsync(
        CeleryEnqueueParameters parameters, JobContext context, CancellationToken cancellationToken)
    {
        EnsureOneQueue(context.Parameters);
        TaskAllowList.EnsureAllowed(configuration, parameters.AllTasks);

        var queue = await _client.FindAsync(parameters, cancellationToken);
        var messages = CeleryMessageFactory.Create(parameters.AllTasks, queue, context);
        await EnsureFitAsync(messages, queue, context, cancellationToken);
        var warnings = await new MessageTimes(_client, queue, context).FindWarningsAsync(messages, cancellationToken);
        foreach (var warning in warnings)
        {
            Log.Warning(context.Logger, warning);
        }

        var progress = context.State(static () => new SendProgress());
        var pending = messages.Where(progress.IsPending).ToList();
        foreach (var message in messages.Where(message => !progress.IsPending(message)))
        {
            // A new attempt begins without the item errors of the last one.
            if (progress.FailureOf(message) is { } failure)
            {
                context.Errors.Add(queue.TargetOf(message), failure.Message);
            }
        }

        progress.OutsidePlan = 0;
        context.Changes.EnsureWithinLimit(pending.Count);
        var sender = new TaskSender(_client, queue, progress, context);
        foreach (var batch in MessageBatches.Cut(pending))
        {
            await sender.EnqueueAsync(batch, cancellationToken);
        }

        return Conclude(messages, queue, progress, context, string.Concat(warnings.Select(static warning => $" {warning}")));
    }

    /// <summary>A name in the payload takes precedence over a URL in the environment; both in one payload contradict each other.</summary>
    private static void EnsureOneQueue(JsonElement given)
    {
        if (given.ValueKind == JsonValueKind.Object && given.TryGetProperty("queueUrl", out _) && given.TryGetProperty("queueName", out _))
        {
            throw new PermanentJobException("Parameters 'queueUrl' and 'queueName' both name the queue. Give one of them.");
        }
    }

    /// <summary>A dry run reads the queue's limit; a real run only if SQS refuses a message, to save the call and the permission.</summary>
    private async Task EnsureFitAsync(
        IReadOnlyList<CeleryMessage> messages, CeleryQueue queue, JobContext context, CancellationToken cancellationToken)
    {
        var maximum = context.DryRun ? await _client.GetMaximumMessageSizeAsync(queue, cancellationToken) : MessageBatches.MaxBytes;
        var tooLarge = messages.Where(message => message.Body.Length > maximum).ToList();
        if (tooLarge.Count > 0)
        {
            throw new PermanentJobException([.. tooLarge.Select(message => TaskSender.DescribeTooLarge(message, queue, maximum))]);
        }
    }

    private static JobResult Conclude(
        IReadOnlyList<CeleryMessage> messages, CeleryQueue queue, SendProgress progress, JobContext context, string warnings)
    {
        var what = messages.Count == 1 ? $"task '{messages[0].Task}'" : $"{messages.Count} tasks";
        if (context.DryRun)
        {
            return JobResult.Planned($"Would enqueue {what} on '{queue.Name}'.{warnings}");
        }

        if (progress.Sent == messages.Count)
        {
            // SQS answers a message that it drops as it answers one that it accepts.
            var repetition = queue.IsFifo && context.Slot != context.RunId
                ? " If an earlier delivery of this slot was within 5 minutes, SQS has dropped the repetition."
                : string.Empty;
            return JobResult.Succeeded($"Enqueued {what} on '{queue.Name}'.{repetition}{warnings}");
        }

        if (progress.OutsidePlan > 0 && progress.Sent + progress.OutsidePlan == messages.Count)
        {
            var done = $"{progress.Sent} of {messages.Count} tasks are on '{queue.Name}'; the others are not as in the plan.";
            return progress.Sent > 0 ? JobResult.Succeeded(done) : JobResult.Skipped(done);
        }

        var errors = string.Join(" ", progress.Failures.Select(failure => failure.Message).Distinct().Take(3));
        var error = $"{progress.Sent} of {messages.Count} tasks are on '{queue.Name}'. {errors}{DescribeUnknown(queue, progress, context)}";
        if (progress.CanRetry && !context.IsLastAttempt)
        {
            throw new TransientJobException(error);
        }

        // A failed run may be delivered again whole, which would repeat the tasks that are on the queue.
        return progress.Sent > 0 ? JobResult.Partial(error) : JobResult.Failed(error);
    }

    private static string DescribeUnknown(CeleryQueue queue, SendProgress progress, JobContext context)
    {
        var ids = context.Slot == context.RunId
            ? "A new run gives its tasks new ids: it needs an 'id' or 'scheduledTime' to send the same ones."
            : "Another delivery of this slot sends the same task ids, "
              + (queue.IsFifo ? "which the queue drops within 5 minutes." : "by which a task can tell that it has run.");
        return progress.Failures.Count(failure => failure.OutcomeUnknown) is > 0 and var count
            ? $" {count} more may be on the queue all the same, because the answer is lost. {ids}"
            : string.Empty;
    }
}
