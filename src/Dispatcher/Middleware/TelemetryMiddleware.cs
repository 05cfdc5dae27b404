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
        using var scope = Log.BeginRun(logger, context);
        using var activity = RunActivities.StartRun(context);
        Log.Started(context.Logger, context.Job, context.DryRun);

        var (result, unexpected) = await RunAsync(context, next, cancellationToken);
        var run = JobRun.Of(context);
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

    private async Task<(JobResult Result, Exception? Unexpected)> RunAsync(
        JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        try
        {
            return (await next(context, cancellationToken), null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (JobRun.Of(context).Cancel(), null);
        }
        catch (Exception exception)
        {
            var failure = failures.Classify(exception);
            return (JobResult.Failed(failure.Message, exception), failure.HasUserMessage ? null : exception);
        }
    }

    /// <summary>Writes to all sinks. A sink that fails or hangs loses its own copy, not the run and not the copies of others.</summary>
    private async Task ReportAsync(RunRecord record, JobRun run)
    {
        var metrics = CollectMetrics(record, run);
        using var timeout = new SinkTimeout(
            nameof(TelemetryOptions.SinkTimeoutSeconds), _options.SinkTimeoutSeconds, run.Request.Deadline, timeProvider);
        using var auditTimeout = new SinkTimeout(
            nameof(TelemetryOptions.AuditTimeoutSeconds), _options.AuditTimeoutSeconds, run.Request.Deadline, timeProvider);

        await Task.WhenAll(
            [
                .. _runSinks.Select(sink => TryAsync(sink, token => sink.WriteAsync(record, token), timeout)),
                .. _metricsSinks.SelectMany(sink => metrics.Select(
                    batch => TryAsync(sink, token => sink.EmitAsync(batch, token), timeout))),
                .. _auditSinks.Select(sink => TryAsync(sink, token => sink.CompleteAsync(record, token), auditTimeout)),
            ]);
    }

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

    private async Task TryAsync(object sink, Func<CancellationToken, Task> write, SinkTimeout timeout)
    {
        try
        {
            // Runs on the thread pool: a sink that blocks instead of awaiting would otherwise delay the others and the timeout.
            await Task.Run(() => write(timeout.Token), CancellationToken.None).WaitAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (timeout.Token.IsCancellationRequested)
        {
            Log.SinkFailed(logger, sink.GetType().Name, timeout.Describe());
        }
        catch (Exception exception)
        {
            Log.SinkFailed(logger, sink.GetType().Name, failures.Classify(exception) is { HasUserMessage: true } known
                ? known.Message
                : exception.Message);
        }
    }
}
