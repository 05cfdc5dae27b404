using Microsoft.Extensions.Logging;

namespace Dispatcher;

/// <summary>The log messages of the core.</summary>
internal static partial class Log
{
    private static readonly Func<ILogger, string, string, string?, IDisposable?> RunScope =
        LoggerMessage.DefineScope<string, string, string?>("Job:{Job} RunId:{RunId} RequestId:{RequestId}");

    public static IDisposable? BeginRun(ILogger logger, JobContext context) =>
        RunScope(logger, context.Job, context.RunId, context.Request.HostRequestId);

    [LoggerMessage(1, LogLevel.Information, "Job {Job} started, dry run: {DryRun}.")]
    public static partial void Started(ILogger logger, string job, bool dryRun);

    [LoggerMessage(EventId = 2, Message = "Job {Status} after {DurationMs} ms: {Summary}")]
    public static partial void Ended(ILogger logger, LogLevel level, JobStatus status, long durationMs, string summary);

    [LoggerMessage(3, LogLevel.Error, "Job {Job} failed in run {RunId} after {DurationMs} ms: {Summary}")]
    public static partial void RunFailed(ILogger logger, Exception? exception, string job, string runId, long durationMs, string summary);

    [LoggerMessage(4, LogLevel.Warning, "Attempt {Attempt} failed; the next one begins in {Delay}. {Error}")]
    public static partial void Retrying(ILogger logger, int attempt, string delay, string error);

    [LoggerMessage(5, LogLevel.Error, "{Sink} could not report the run: {Error}")]
    public static partial void SinkFailed(ILogger logger, string sink, string error);

    [LoggerMessage(6, LogLevel.Error, "Metric {Namespace} {Metric} is left out: {Error}")]
    public static partial void MetricFailed(ILogger logger, string @namespace, string metric, string error);

    [LoggerMessage(7, LogLevel.Error, "{Sink} could not keep the audit entry of {Action} {Target}: {Error} "
        + "Its later failures in this run are not logged. Other sinks still receive every entry.")]
    public static partial void AuditFailed(ILogger logger, string sink, string action, string target, string error);

    [LoggerMessage(8, LogLevel.Error, "The run's metrics are left out: {Error}")]
    public static partial void MetricsFailed(ILogger logger, string error, Exception exception);

    [LoggerMessage(9, LogLevel.Warning, "Queuing a follow-up request failed unexpectedly.")]
    public static partial void RequestNotSent(ILogger logger, Exception exception);

    [LoggerMessage(16, LogLevel.Information, "All {Shards} shards of slot {Slot} have ended: {Status}. Run {RunId} has their totals.")]
    public static partial void ShardsCombined(ILogger logger, int shards, string slot, JobStatus status, string runId);

    [LoggerMessage(10, LogLevel.Information, "Duplicate deliveries and overlapping runs are not prevented, because no "
        + "run store is configured. Set RUNS_TABLE to the name of a DynamoDB table.")]
    public static partial void NoRunStore(ILogger logger);

    [LoggerMessage(11, LogLevel.Warning, "The lease of {What} could not be renewed: {Error} It is tried again while the lease lasts.")]
    public static partial void RenewalFailed(ILogger logger, string what, string error);

    [LoggerMessage(12, LogLevel.Warning, "The lease of {What} could not be ended: {Error} The result of the run stands. The lease expires "
        + "within {Seconds} s; until then a delivery of the same work is skipped, and after that it is run again.")]
    public static partial void LeasesNotEnded(ILogger logger, string what, string error, int seconds);

    [LoggerMessage(13, LogLevel.Warning, "The record of the first run, {RunId}, could not be read: {Error} The answer is without it.")]
    public static partial void OriginalNotRead(ILogger logger, string runId, string error);

    [LoggerMessage(14, LogLevel.Warning, "Slowed down to {Rate} ({Limit}: {Origin}).")]
    public static partial void SlowedDown(ILogger logger, string rate, string limit, string origin);

    [LoggerMessage(15, LogLevel.Warning, "{Note}")]
    public static partial void LimitWithoutEffect(ILogger logger, string note);
    [LoggerMessage(40, LogLevel.Warning, "The plan {Plan} was written by version {Planned} of the job, and this is {Version}. "
        + "Only changes that this version proposes with the same evidence are made.")]
    public static partial void PlanOfOtherVersion(ILogger logger, string plan, string planned, string version);

    [LoggerMessage(41, LogLevel.Warning, "The plan {Plan} was not applied as a whole:{Differences} First: {First}")]
    public static partial void PlanDiffers(ILogger logger, string plan, string differences, string first);

    [LoggerMessage(42, LogLevel.Warning, "The lease of the plan could not be renewed or ended: {Error}")]
    public static partial void PlanLeaseFailed(ILogger logger, string error);

    [LoggerMessage(30, LogLevel.Warning, "{Waiting}")]
    public static partial void Waiting(ILogger logger, string waiting);
}
