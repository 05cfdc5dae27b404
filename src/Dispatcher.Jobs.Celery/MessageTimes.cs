namespace Dispatcher.Jobs.Celery;

/// <summary>The warnings about the times of messages that SQS accepts and that a worker would drop or run twice.</summary>
internal sealed class MessageTimes(QueueClient client, CeleryQueue queue, JobContext context)
{
    /// <summary>Finds the messages that have expired, and those that a worker holds for longer than the queue hides them.</summary>
    public async Task<IReadOnlyList<string>> FindWarningsAsync(
        IReadOnlyList<CeleryMessage> messages, CancellationToken cancellationToken)
    {
        var expired = messages.Where(message => message.Expires <= context.StartedAt).ToList();
        return
        [
            .. If(
                expired,
                message => $"expires at {CeleryEnvelope.Time(message.Expires)}, which is past: a worker drops it without running it."),
            .. await FindHeldAsync(messages.Except(expired), cancellationToken),
        ];
    }

    private async Task<IEnumerable<string>> FindHeldAsync(IEnumerable<CeleryMessage> messages, CancellationToken cancellationToken)
    {
        var held = messages.Where(message => message.Eta > context.StartedAt).ToList();
        if (held.Count == 0 || await GetVisibilityTimeoutAsync(cancellationToken) is not { } seconds)
        {
            return [];
        }

        return If(
            [.. held.Where(message => message.Eta - context.StartedAt > TimeSpan.FromSeconds(seconds))],
            message => $"is to run at {CeleryEnvelope.Time(message.Eta)}, but queue '{queue.Name}' delivers it again after {seconds} s: "
                       + "it may run more than once. Raise the queue's VisibilityTimeout above the longest countdown.");
    }

    /// <summary>A warning is not worth the run: whatever prevents it, sending the messages reports.</summary>
    private async Task<int?> GetVisibilityTimeoutAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetVisibilityTimeoutAsync(queue, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.VisibilityUnknown(context.Logger, queue.Name, context.Classify(exception).Message);
            return null;
        }
    }

    private static IEnumerable<string> If(List<CeleryMessage> messages, Func<CeleryMessage, string> describe) => messages.Count switch
    {
        0 => [],
        1 => [$"Warning: Task '{messages[0].Task}' {describe(messages[0])}"],
        var count => [$"Warning: Task '{messages[0].Task}' and {count - 1} more: '{messages[0].Task}' {describe(messages[0])}"],
    };
}
