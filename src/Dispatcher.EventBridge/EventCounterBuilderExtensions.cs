using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.EventBridge;

/// <summary>Extensions that register jobs that count events.</summary>
public static class EventCounterBuilderExtensions
{
    /// <summary>The CloudWatch namespace of the counted events.</summary>
    public const string MetricsNamespace = "Maintenance/Events";

    /// <summary>
    /// Adds a job that counts the events routed to it, in the metric namespace <see cref="MetricsNamespace"/>. What has to be sent
    /// somewhere, such as an alert, is the EventBridge rule's own target; the count is what alarms and dashboards watch.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that routes use, kebab-case: <c>channel-backfill-failed</c>.</param>
    /// <param name="metric">The metric's name: <c>ChannelBackfillFailed</c>.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddEventCounter(this IDispatcherBuilder builder, string name, string metric)
    {
        ArgumentException.ThrowIfNullOrEmpty(metric);

        return builder.AddJob<EventCounterJob>(name, options =>
        {
            // An alarm has to go off even if the run store does not answer, and an event counted twice sets off the same alarm.
            options.Idempotent = false;
            options.Description = $"Counts an event in the metric {metric}.";
            options.Metrics.Add(new JobMetric(
                MetricsNamespace, metric, MetricUnit.Count, static record => record.Count(EventCounterJob.EventsCounted)));
        });
    }
}
