using Microsoft.Extensions.Logging;

namespace Dispatcher.Hosting;

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

    /// <summary>Takes all metrics of a run, a batch per namespace.</summary>
    internal static IReadOnlyList<MetricBatch> Collect(
        JobRunSummary summary, JobContext context, string standardNamespace, bool coldStart, ILogger logger)
    {
        var endedAt = summary.StartedAt.AddMilliseconds(summary.DurationMs);
        MetricDimension[] dryRun = summary.DryRun ? [new(DryRunDimension, "true")] : [];

        var batches = new List<MetricBatch>
        {
            Batch(standardNamespace, [new(JobDimension, summary.Job), .. dryRun], Standard(summary, coldStart)),
        };
        batches.AddRange(context.Job.Metrics
            .GroupBy(metric => metric.Namespace, StringComparer.Ordinal)
            .Select(group => Batch(group.Key, dryRun, group.SelectMany(metric => Read(metric, summary, logger))))
            .Where(batch => batch.Values.Count > 0));
        if (context.Job.CountsNamespace is { } countsNamespace && summary.Counts.Count > 0)
        {
            batches.Add(Batch(countsNamespace, dryRun, summary.Counts.Select(count => ToMetric(count.Key, count.Value))));
        }

        return batches;

        MetricBatch Batch(string metricsNamespace, MetricDimension[] dimensions, IEnumerable<MetricValue> values) =>
            new(metricsNamespace, dimensions, endedAt, [.. values], summary.Job, summary.RunId);
    }

    /// <summary>Takes a job's own metric. One that cannot be taken is left out: it must not cost the run its record.</summary>
    private static IEnumerable<MetricValue> Read(JobMetric metric, JobRunSummary summary, ILogger logger)
    {
        double value;
        try
        {
            value = metric.Value(summary);
        }
        catch (Exception exception)
        {
            Log.MetricFailed(logger, metric.Namespace, metric.Name, exception.Message);
            return [];
        }

        if (!double.IsFinite(value))
        {
            Log.MetricFailed(logger, metric.Namespace, metric.Name, "its value is not a finite number.");
            return [];
        }

        return [new MetricValue(metric.Name, metric.Unit, value)];
    }

    private static IEnumerable<MetricValue> Standard(JobRunSummary summary, bool coldStart)
    {
        yield return Flag("Succeeded", summary.Status == JobStatus.Succeeded);
        yield return Flag("Partial", summary.Status == JobStatus.Partial);
        yield return Flag("Failed", summary.Status == JobStatus.Failed);
        yield return Flag("Skipped", summary.Status == JobStatus.Skipped);
        yield return Flag("Continued", summary.Status == JobStatus.Continued);
        yield return new("Duration", MetricUnit.Milliseconds, summary.DurationMs);
        yield return new("Attempts", MetricUnit.Count, summary.Attempts);
        yield return new("ItemErrors", MetricUnit.Count, summary.ItemErrorCount);
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
