using Microsoft.Extensions.Logging;

namespace Dispatcher.Hosting;

/// <summary>
/// The metrics that every run emits, with the dimension <c>Job</c>, and those of its outcome a second time with <c>Job</c> and
/// <c>Task</c> if it did a task of several. A dry run emits them with another dimension, <c>DryRun</c>, so that it never triggers an
/// alarm.
/// </summary>
public static class StandardMetrics
{
    /// <summary>The dimension that holds the job's name.</summary>
    public const string JobDimension = "Job";

    /// <summary>The dimension that holds the run's task. Only metrics of jobs with tasks have it.</summary>
    public const string TaskDimension = "Task";

    /// <summary>The dimension that only a dry run has; its value is <c>true</c>.</summary>
    public const string DryRunDimension = "DryRun";

    /// <summary>Creates the dimension of a task.</summary>
    /// <param name="task">The task.</param>
    /// <returns>The dimension. Characters that CloudWatch refuses are escaped: <c>\u00e4</c>.</returns>
    public static MetricDimension ForTask(string task)
    {
        ArgumentException.ThrowIfNullOrEmpty(task);
        return new(TaskDimension, TaskName.ToDimension(task));
    }

    /// <summary>Collects all metrics of a run, one batch per namespace.</summary>
    internal static IReadOnlyList<MetricBatch> Collect(
        RunRecord record, JobDescriptor job, string standardNamespace, bool coldStart, ILogger logger)
    {
        MetricDimension[] dryRun = record.DryRun ? [new(DryRunDimension, "true")] : [];
        MetricDimension[] dimensions = record.DryRun ? [job.Dimensions[0], dryRun[0]] : job.Dimensions;
        var standard = Batch(record, standardNamespace, dimensions, Standard(record, coldStart));
        return record.Task is null && job.Metrics.Count == 0 && job.CountsNamespace is null
            ? [standard]
            : [standard, .. CollectFurther(record, job, standardNamespace, dryRun, logger)];
    }

    private static List<MetricBatch> CollectFurther(
        RunRecord record, JobDescriptor job, string standardNamespace, MetricDimension[] dryRun, ILogger logger)
    {
        var batches = new List<MetricBatch>();
        if (record.Task is { } task)
        {
            MetricDimension[] dimensions = [new(JobDimension, record.Job), ForTask(task), .. dryRun];
            batches.Add(Batch(record, standardNamespace, dimensions, OfTask(record)));
        }

        batches.AddRange(job.Metrics
            .GroupBy(metric => metric.Namespace, StringComparer.Ordinal)
            .Select(group => Batch(record, group.Key, dryRun, [.. group.SelectMany(metric => Read(metric, record, logger))]))
            .Where(batch => batch.Values.Count > 0));
        if (job.CountsNamespace is { } countsNamespace && record.Counts.Count > 0)
        {
            batches.Add(Batch(record, countsNamespace, dryRun, [.. record.Counts.Select(count => ToMetric(count.Key, count.Value))]));
        }

        return batches;
    }

    private static MetricBatch Batch(RunRecord record, string metricsNamespace, MetricDimension[] dimensions, MetricValue[] values)
    {
        var endedAt = record.StartedAt.AddMilliseconds(record.DurationMs);
        return new(metricsNamespace, dimensions, endedAt, values, record.Job, record.RunId);
    }

    /// <summary>Computes a job's own metric. A metric that fails is omitted: the run must not lose its record for it.</summary>
    private static IEnumerable<MetricValue> Read(JobMetric metric, RunRecord record, ILogger logger)
    {
        double value;
        try
        {
            value = metric.Value(record);
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

    /// <summary>Computes what tells the tasks of a job apart. Each metric of each task costs as much as one of a job.</summary>
    private static MetricValue[] OfTask(RunRecord record) =>
    [
        Flag("Succeeded", record.Status == JobStatus.Succeeded),
        Flag("Failed", record.Status == JobStatus.Failed),
        new("Duration", MetricUnit.Milliseconds, record.DurationMs),
        new("ItemErrors", MetricUnit.Count, record.ItemErrorCount),
    ];

    private static MetricValue[] Standard(RunRecord record, bool coldStart) =>
    [
        Flag("Succeeded", record.Status == JobStatus.Succeeded),
        Flag("Partial", record.Status == JobStatus.Partial),
        Flag("Failed", record.Status == JobStatus.Failed),
        Flag("Skipped", record.Status == JobStatus.Skipped),
        Flag("Continued", record.Status == JobStatus.Continued),
        new("Duration", MetricUnit.Milliseconds, record.DurationMs),
        new("Attempts", MetricUnit.Count, record.Attempts),
        new("ItemErrors", MetricUnit.Count, record.ItemErrorCount),
        new("ChangesApplied", MetricUnit.Count, record.Changes.Applied),
        new("BytesFreed", MetricUnit.Bytes, record.Changes.Bytes),
        Flag("ColdStart", coldStart),
    ];

    private static MetricValue ToMetric(string count, long value)
    {
        var unit = count.EndsWith("Ms", StringComparison.Ordinal) ? MetricUnit.Milliseconds
            : count.EndsWith("Bytes", StringComparison.Ordinal) ? MetricUnit.Bytes
            : MetricUnit.Count;
        return new(char.ToUpperInvariant(count[0]) + count[1..], unit, value);
    }

    private static MetricValue Flag(string name, bool value) => new(name, MetricUnit.Count, value ? 1 : 0);
}
