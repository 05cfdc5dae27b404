using Dispatcher.Telemetry;

namespace Dispatcher.Metrics;

/// <summary>
/// Names the metrics that every run emits, with the dimension <c>Job</c>. A dry run emits them with a second dimension, <c>DryRun</c>,
/// so that it never feeds an alarm.
/// </summary>
public static class StandardMetrics
{
    /// <summary>The dimension that holds the job's name.</summary>
    public const string JobDimension = "Job";

    /// <summary>The dimension that only a dry run has; its value is <c>true</c>.</summary>
    public const string DryRunDimension = "DryRun";

    internal static IEnumerable<MetricBatch> Collect(JobRunSummary summary, JobContext context, string standardNamespace, bool coldStart)
    {
        var endedAt = summary.StartedAt.AddMilliseconds(summary.DurationMs);
        MetricDimension[] dryRun = summary.DryRun ? [new(DryRunDimension, "true")] : [];

        yield return new MetricBatch(
            standardNamespace,
            [new(JobDimension, summary.Job), .. dryRun],
            endedAt,
            [.. Standard(summary, context.Errors.Count, coldStart)],
            summary.Job,
            summary.RunId);

        foreach (var group in context.Job.Metrics.GroupBy(metric => metric.Namespace, StringComparer.Ordinal))
        {
            MetricValue[] values = [.. group.Select(metric => new MetricValue(metric.Name, metric.Unit, metric.Value(summary)))];
            yield return new MetricBatch(group.Key, dryRun, endedAt, values, summary.Job, summary.RunId);
        }

        if (context.Job.CountsNamespace is { } countsNamespace && summary.Counts.Count > 0)
        {
            MetricValue[] values = [.. summary.Counts.Select(count => ToMetric(count.Key, count.Value))];
            yield return new MetricBatch(countsNamespace, dryRun, endedAt, values, summary.Job, summary.RunId);
        }
    }

    private static IEnumerable<MetricValue> Standard(JobRunSummary summary, long itemErrors, bool coldStart)
    {
        yield return Flag("Succeeded", summary.Status == JobStatus.Succeeded);
        yield return Flag("Partial", summary.Status == JobStatus.Partial);
        yield return Flag("Failed", summary.Status == JobStatus.Failed);
        yield return Flag("Skipped", summary.Status == JobStatus.Skipped);
        yield return new("Duration", MetricUnit.Milliseconds, summary.DurationMs);
        yield return new("Attempts", MetricUnit.Count, summary.Attempts);
        yield return new("ItemErrors", MetricUnit.Count, itemErrors);
        yield return new("ChangesApplied", MetricUnit.Count, summary.Changes.Applied);
        yield return new("BytesFreed", MetricUnit.Bytes, summary.Changes.Bytes);
        yield return Flag("ColdStart", coldStart);
    }

    private static MetricValue ToMetric(string count, long value)
    {
        var unit = count.EndsWith("Ms", StringComparison.Ordinal) ? MetricUnit.Milliseconds
            : count.EndsWith("Bytes", StringComparison.Ordinal) ? MetricUnit.Bytes
            : MetricUnit.Count;
        return new(char.ToUpperInvariant(count[0]) + count[1..], unit, value);
    }

    private static MetricValue Flag(string name, bool value) => new(name, MetricUnit.Count, value ? 1 : 0);
}
