namespace Dispatcher.EventBridge;

/// <summary>
/// A job that counts an event: the event becomes a metric that an alarm can watch, and a line in the log.
/// </summary>
internal sealed class EventCounterJob : IMaintenanceJob
{
    /// <summary>The name of the count in the record.</summary>
    public const string EventsCounted = "eventsCounted";

    /// <inheritdoc />
    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        context.Counters.Add(EventsCounted);
        return Task.FromResult(JobResult.Succeeded(
            $"Counted the event {context.Request.Id ?? "without id"} of {context.Request.ScheduledTime?.ToString("O") ?? "unknown time"}."));
    }
}
