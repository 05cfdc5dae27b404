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
        var endedAt = record.StartedAt.AddMilliseconds(record.DurationMs);
        MetricDimension[] dryRun = record.DryRun ? [new(DryRunDimension, "true")] : [];

        var batches = new List<MetricBatch>
        {
            Batch(standardNamespace, [new(JobDimension, record.Job), .. dryRun], Standard(record, coldStart)),
        };
        if (record.Task is { } task)
        {
            MetricDimension[] dimensions = [new(JobDimension, record.Job), ForTask(task), .. dryRun];
            batches.Add(Batch(standardNamespace, dimensions, OfTask(record)));
        }

        batches.AddRange(job.Metrics
            .GroupBy(metric => metric.Namespace, StringComparer.Ordinal)
            .Select(group => Batch(group.Key, dryRun, group.SelectMany(metric => Read(metric, record, logger))))
            .Where(batch => batch.Values.Count > 0));
        if (job.CountsNamespace is { } countsNamespace && record.Counts.Count > 0)
        {
            batches.Add(Batch(countsNamespace, dryRun, record.Counts.Select(count => ToMetric(count.Key, count.Value))));
        }

        return batches;

        MetricBatch Batch(string metricsNamespace, MetricDimension[] dimensions, IEnumerable<MetricValue> values) =>
            new(metricsNamespace, dimensions, endedAt, [.. values], record.Job, record.RunId);
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
    private static IEnumerable<MetricValue> OfTask(RunRecord record)
    {
        yield return Flag("Succeeded", record.Status == JobStatus.Succeeded);
        yield return Flag("Failed", record.Status == JobStatus.Failed);
        yield return new("Duration", MetricUnit.Milliseconds, record.DurationMs);
        yield return new("ItemErrors", MetricUnit.Count, record.ItemErrorCount);
    }

    private static IEnumerable<MetricValue> Standard(RunRecord record, bool coldStart)
    {
        yield return Flag("Succeeded", record.Status == JobStatus.Succeeded);
        yield return Flag("Partial", record.Status == JobStatus.Partial);
        yield return Flag("Failed", record.Status == JobStatus.Failed);
        yield return Flag("Skipped", record.Status == JobStatus.Skipped);
        yield return Flag("Continued", record.Status == JobStatus.Continued);
        yield return new("Duration", MetricUnit.Milliseconds, record.DurationMs);
        yield return new("Attempts", MetricUnit.Count, record.Attempts);
        yield return new("ItemErrors", MetricUnit.Count, record.ItemErrorCount);
        yield return new("ChangesApplied", MetricUnit.Count, record.Changes.Applied);
        yield return new("BytesFreed", MetricUnit.Bytes, record.Changes.Bytes);
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
