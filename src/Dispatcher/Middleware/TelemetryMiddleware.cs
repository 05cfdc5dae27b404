using System.Diagnostics;
using Dispatcher.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dispatcher.Middleware;

/// <summary>
/// Reports every run, however it ends: a log scope and an activity around it, then its record, its metrics and the end of its audit trail.
/// Turns an exception into a failed result, so that nothing further out can lose a run.
/// </summary>
internal sealed class TelemetryMiddleware(
    IEnumerable<IRunSink> runSinks,
    IEnumerable<IMetricsSink> metricsSinks,
    IEnumerable<IAuditSink> auditSinks,
    IOptions<TelemetryOptions> options,
    FailureClassifier failures,
    TimeProvider timeProvider,
    ILogger<TelemetryMiddleware> logger) : IJobMiddleware
{
    private static readonly ActivitySource Activities = new("Dispatcher");

    private readonly TelemetryOptions _options = options.Value;
    private readonly IRunSink[] _runSinks = [.. runSinks];
    private readonly IMetricsSink[] _metricsSinks = [.. metricsSinks];
    private readonly IAuditSink[] _auditSinks = [.. auditSinks];
    private int _runs;

    public async Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        using var scope = Log.BeginRun(logger, context);
        using var activity = StartActivity(context);
        Log.Started(context.Logger, context.Job.Name, context.DryRun);

        var (result, unexpected) = await RunAsync(context, next, cancellationToken);
        var summary = context.Complete(result);

        activity?.SetStatus(summary.Status == JobStatus.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Ok, summary.Summary);
        LogEnd(context.Logger, summary, unexpected);
        await ReportAsync(summary, context);
        return result;
    }

    private static Activity? StartActivity(JobContext context)
    {
        var activity = Activities.StartActivity($"job {context.Job.Name}");
        activity?.SetTag("job.name", context.Job.Name);
        activity?.SetTag("job.run_id", context.RunId);
        activity?.SetTag("job.dry_run", context.DryRun);
        return activity;
    }

    /// <summary>Logs the end of a run on one line. A failed run has no other line of level error about its failure.</summary>
    private static void LogEnd(ILogger logger, JobRunSummary summary, Exception? unexpected)
    {
        if (summary.Status == JobStatus.Failed)
        {
            Log.RunFailed(logger, unexpected, summary.Job, summary.RunId, summary.DurationMs, summary.Summary);
            return;
        }

        var level = summary.Status == JobStatus.Partial ? LogLevel.Warning : LogLevel.Information;
        Log.Ended(logger, level, summary.Status, summary.DurationMs, summary.Summary);
    }

    private async Task<(JobResult Result, Exception? Unexpected)> RunAsync(
        JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        try
        {
            return (await next(context, cancellationToken), null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var applied = context.Gate.Summarize().Applied;
            return (JobResult.Failed($"The run was cancelled after {applied} changes. Run the job again to finish its work."), null);
        }
        catch (Exception exception)
        {
            var failure = failures.Classify(exception);
            return (JobResult.Failed(failure.Message, exception), failure.HasUserMessage ? null : exception);
        }
    }

    /// <summary>Writes to all sinks. One that fails or hangs loses its own copy, neither the run nor the others' copies.</summary>
    private async Task ReportAsync(JobRunSummary summary, JobContext context)
    {
        var metrics = CollectMetrics(summary, context);
        using var timeout = new SinkTimeout(nameof(TelemetryOptions.SinkTimeoutSeconds), _options.SinkTimeoutSeconds, context.Request.Deadline, timeProvider);
        using var auditTimeout = new SinkTimeout(nameof(TelemetryOptions.AuditTimeoutSeconds), _options.AuditTimeoutSeconds, context.Request.Deadline, timeProvider);

        await Task.WhenAll(
            [
                .. _runSinks.Select(sink => TryAsync(sink, token => sink.WriteAsync(summary, token), timeout)),
                .. _metricsSinks.SelectMany(sink => metrics.Select(
                    batch => TryAsync(sink, token => sink.EmitAsync(batch, token), timeout))),
                .. _auditSinks.Select(sink => TryAsync(sink, token => sink.CompleteAsync(summary, token), auditTimeout)),
            ]);
    }

    /// <summary>Takes the run's metrics, or none: the run is over, and must not be told otherwise nor lose its record.</summary>
    private IReadOnlyList<MetricBatch> CollectMetrics(JobRunSummary summary, JobContext context)
    {
        var coldStart = Interlocked.Increment(ref _runs) == 1;
        try
        {
            return StandardMetrics.Collect(summary, context, _options.MetricsNamespace, coldStart, logger);
        }
        catch (Exception exception)
        {
            Log.MetricsFailed(logger, exception.Message, exception);
            return [];
        }
    }

    private async Task TryAsync(object sink, Func<CancellationToken, Task> write, SinkTimeout timeout)
    {
        try
        {
            // On a thread of its own, because a sink that blocks instead of awaiting would hold up the others and the timeout.
            await Task.Run(() => write(timeout.Token), CancellationToken.None).WaitAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (timeout.Token.IsCancellationRequested)
        {
            Log.SinkFailed(logger, sink.GetType().Name, timeout.Describe());
        }
        catch (Exception exception)
        {
            Log.SinkFailed(logger, sink.GetType().Name, failures.Classify(exception) is { HasUserMessage: true } known ? known.Message : exception.Message);
        }
    }
}
