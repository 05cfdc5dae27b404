using Dispatcher.Hosting;

namespace Dispatcher.Middleware;

/// <summary>
/// A middleware that divides the work of a slot: it queues one request for each shard and runs no job. In a dry run the job plans all of
/// the work in this run, because all shards together are the whole.
/// </summary>
internal sealed class ShardStartMiddleware(FailureClassifier failures, TimeProvider timeProvider, IRequestSender? sender = null)
    : IJobMiddleware
{
    private readonly RequestDelivery? _delivery = sender is null ? null : new RequestDelivery(sender, failures, timeProvider);

    public Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken) =>
        context.Request.Shards is { } count && !context.DryRun
            ? StartAsync(count, context, cancellationToken)
            : next(context, cancellationToken);

    private async Task<JobResult> StartAsync(int count, JobContext context, CancellationToken cancellationToken)
    {
        if (_delivery is null)
        {
            return JobResult.Failed(
                $"The {count} shards of job '{context.Job}' cannot be queued: no queue is configured, and nothing has run. "
                + "Set JOB_QUEUE_URL to an SQS queue that is an event source of the function, or run the job without shards. "
                + $"On one machine: dispatch run {context.Job} --shards {count}.");
        }

        for (var index = 0; index < count; index++)
        {
            var part = Part(context, new JobShard(index, count));
            if (await _delivery.TrySendAsync(part, TimeSpan.Zero, context, cancellationToken) is { } problem)
            {
                return JobResult.Failed(
                    $"{index} of {count} shards were queued; the next one was not: {problem.Message} "
                        + $"Run slot '{context.Slot}' again to queue all of them: a shard that is queued twice runs once.",
                    problem.Exception);
            }
        }

        return JobResult.Succeeded($"Queued {count} shards of slot '{context.Slot}'.");
    }

    /// <summary>Creates the request of one shard. Its id is the slot, so that all shards of a slot have the same id.</summary>
    private static JobRequest Part(JobContext context, JobShard shard) => context.Request with
    {
        Id = context.Slot,
        Shards = null,
        Shard = shard,
        Deadline = null,
        HostRequestId = null,
    };
}
