using Dispatcher.Diagnostics;
using Dispatcher.Hosting;
using Dispatcher.Runs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dispatcher.Middleware;

/// <summary>
/// A middleware that reports every run, however it ends: a log scope and an activity around it, then its record, its metrics and the end of
/// its audit trail. It turns an exception into a failed result, so that no run is lost.
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
    private readonly TelemetryOptions _options = options.Value;
    private readonly IRunSink[] _runSinks = [.. runSinks];
    private readonly IMetricsSink[] _metricsSinks = [.. metricsSinks];
    private readonly IAuditSink[] _auditSinks = [.. auditSinks];
    private int _runs;

    public async Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        using var scope = logger.IsEnabled(LogLevel.Critical) ? Log.BeginRun(logger, context) : null;
        using var activity = RunActivities.StartRun(context);
        Log.Started(context.Logger, context.Job, context.DryRun);

        var run = JobRun.Of(context);
        JobResult result;
        Exception? unexpected = null;
        try
        {
            result = await next(context, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            result = run.Cancel();
        }
        catch (Exception exception)
        {
            var failure = failures.Classify(exception);
            result = JobResult.Failed(failure.Message, exception);
            unexpected = failure.HasUserMessage ? null : exception;
        }

        var record = run.Complete(result);

        RunActivities.EndRun(activity, record, result.Exception);
        RunMeter.Record(record);
        LogEnd(context.Logger, record, unexpected);

        // The sinks have received the record of the first run already. Only the answer of a duplicate repeats it.
        await ReportAsync(record.Original is null ? record : record with { Original = null }, run);
        return result;
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

    /// <summary>Writes to all sinks. A sink that fails or hangs loses its own copy, not the run and not the copies of others.</summary>
    private async Task ReportAsync(RunRecord record, JobRun run)
    {
        var metrics = CollectMetrics(record, run);
        using var timeout = Array.TrueForAll(_runSinks, static sink => sink.IsImmediate)
            && Array.TrueForAll(_metricsSinks, static sink => sink.IsImmediate)
                ? null
                : new SinkTimeout(
                    nameof(TelemetryOptions.SinkTimeoutSeconds), _options.SinkTimeoutSeconds, run.Request.Deadline, timeProvider);
        using var auditTimeout = Array.TrueForAll(_auditSinks, static sink => sink.IsImmediate)
            ? null
            : new SinkTimeout(
                nameof(TelemetryOptions.AuditTimeoutSeconds), _options.AuditTimeoutSeconds, run.Request.Deadline, timeProvider);
        List<Task>? pending = null;
        foreach (var sink in _runSinks)
        {
            Start(sink.IsImmediate, sink, record, static (sink, run, token) => sink.WriteAsync(run, token), timeout, ref pending);
        }

        foreach (var sink in _metricsSinks)
        {
            for (var index = 0; index < metrics.Count; index++)
            {
                var batch = metrics[index];
                Start(sink.IsImmediate, sink, batch, static (sink, batch, token) => sink.EmitAsync(batch, token), timeout, ref pending);
            }
        }

        foreach (var sink in _auditSinks)
        {
            Start(sink.IsImmediate, sink, record, static (sink, run, token) => sink.CompleteAsync(run, token), auditTimeout, ref pending);
        }

        if (pending is not null)
        {
            await Task.WhenAll(pending);
        }
    }

    /// <summary>Starts to write to a sink. What is not written at once is pending.</summary>
    private void Start<TSink, TItem>(
        bool isImmediate,
        TSink sink,
        TItem item,
        Func<TSink, TItem, CancellationToken, Task> write,
        SinkTimeout? timeout,
        ref List<Task>? pending)
        where TSink : class
    {
        try
        {
            var written = isImmediate ? write(sink, item, CancellationToken.None) : WriteElsewhere(sink, item, write, timeout!.Token);
            if (!written.IsCompletedSuccessfully)
            {
                (pending ??= []).Add(TryAsync(sink, written, timeout));
            }
        }
        catch (Exception exception)
        {
            LogFailure(sink, exception);
        }
    }

    /// <summary>
    /// Writes on the thread pool: a sink that blocks instead of awaiting would otherwise delay the others and the timeout.
    /// </summary>
    private static Task WriteElsewhere<TSink, TItem>(
        TSink sink, TItem item, Func<TSink, TItem, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        Task.Run(() => write(sink, item, cancellationToken), CancellationToken.None);

    /// <summary>Collects the metrics of the run. A failure here must neither fail the run nor lose its record.</summary>
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

    private async Task TryAsync(object sink, Task write, SinkTimeout? timeout)
    {
        try
        {
            await (timeout is null ? write : write.WaitAsync(timeout.Token));
        }
        catch (OperationCanceledException) when (timeout?.Token.IsCancellationRequested == true)
        {
            Log.SinkFailed(logger, sink.GetType().Name, timeout.Describe());
        }
        catch (Exception exception)
        {
            LogFailure(sink, exception);
        }
    }

    private void LogFailure(object sink, Exception exception) =>
        Log.SinkFailed(
            logger,
            sink.GetType().Name,
            failures.Classify(exception) is { HasUserMessage: true } known ? known.Message : exception.Message);
}
