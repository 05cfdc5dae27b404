using System.Diagnostics;
using Dispatcher.Hosting;
using Dispatcher.Runs;
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
        Log.Started(context.Logger, context.Job, context.DryRun);

        var (result, unexpected) = await RunAsync(context, next, cancellationToken);
        var run = JobRun.Of(context);
        var record = run.Complete(result);

        activity?.SetStatus(record.Status == JobStatus.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Ok, record.Summary);
        LogEnd(context.Logger, record, unexpected);
        await ReportAsync(record, run);
        return result;
    }

    private static Activity? StartActivity(JobContext context)
    {
        var activity = Activities.StartActivity($"job {context.Job}");
        activity?.SetTag("job.name", context.Job);
        activity?.SetTag("job.run_id", context.RunId);
        activity?.SetTag("job.dry_run", context.DryRun);
        return activity;
    }

    /// <summary>Logs the end of a run on one line. A failed run has no other line of level error about its failure.</summary>
    private static void LogEnd(ILogger logger, RunRecord record, Exception? unexpected)
    {
        if (record.Status == JobStatus.Failed)
        {
            Log.RunFailed(logger, unexpected, record.Job, record.RunId, record.DurationMs, record.Summary);
            return;
        }

        var level = record.Status == JobStatus.Partial ? LogLevel.Warning : LogLevel.Information;
        Log.Ended(logger, level, record.Status, record.DurationMs, record.Summary);
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
            var applied = JobRun.Of(context).Gate.Summarize().Applied;
            return (JobResult.Failed($"The run was cancelled after {applied} changes. Run the job again to finish its work."), null);
        }
        catch (Exception exception)
        {
            var failure = failures.Classify(exception);
            return (JobResult.Failed(failure.Message, exception), failure.HasUserMessage ? null : exception);
        }
    }

    /// <summary>Writes to all sinks. One that fails or hangs loses its own copy, neither the run nor the others' copies.</summary>
    private async Task ReportAsync(RunRecord record, JobRun run)
    {
        var metrics = CollectMetrics(record, run);
        using var timeout = new SinkTimeout(nameof(TelemetryOptions.SinkTimeoutSeconds), _options.SinkTimeoutSeconds, run.Request.Deadline, timeProvider);
        using var auditTimeout = new SinkTimeout(nameof(TelemetryOptions.AuditTimeoutSeconds), _options.AuditTimeoutSeconds, run.Request.Deadline, timeProvider);

        await Task.WhenAll(
            [
                .. _runSinks.Select(sink => TryAsync(sink, token => sink.WriteAsync(record, token), timeout)),
                .. _metricsSinks.SelectMany(sink => metrics.Select(
                    batch => TryAsync(sink, token => sink.EmitAsync(batch, token), timeout))),
                .. _auditSinks.Select(sink => TryAsync(sink, token => sink.CompleteAsync(record, token), auditTimeout)),
            ]);
    }

    /// <summary>Takes the run's metrics, or none: the run is over, and must not be told otherwise nor lose its record.</summary>
    private IReadOnlyList<MetricBatch> CollectMetrics(RunRecord record, JobRun run)
    {
        var coldStart = Interlocked.Increment(ref _runs) == 1;
        try
        {
            return StandardMetrics.Collect(record, run.Descriptor, _options.MetricsNamespace, coldStart, logger);
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
