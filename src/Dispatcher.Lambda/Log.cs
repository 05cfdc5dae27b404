using Microsoft.Extensions.Logging;

namespace Dispatcher.Lambda;

/// <summary>The messages that the Lambda host logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Metric {Namespace} {Metric} is {Value} and was left out. CloudWatch accepts finite values only.")]
    public static partial void MetricNotFinite(ILogger logger, string @namespace, string metric, double value);

    [LoggerMessage(2, LogLevel.Information, "The batch of {Messages} messages is done; {Failures} go back to the queue.")]
    public static partial void BatchEnded(ILogger logger, int messages, int failures);

    [LoggerMessage(3, LogLevel.Warning, "Message {MessageId} of {Queue} goes back to the queue: too little time was left to start it.")]
    public static partial void MessageNotStarted(ILogger logger, string messageId, string queue);

    [LoggerMessage(
        4,
        LogLevel.Warning,
        "Message {MessageId} of {Queue} goes back to the queue: its run {RunId} failed. Deliveries so far: {ReceiveCount}.")]
    public static partial void MessageFailed(ILogger logger, string messageId, string queue, string runId, string receiveCount);

    [LoggerMessage(
        5,
        LogLevel.Error,
        "Message {MessageId} of {Queue} cannot be run and goes back to the queue, whose redrive policy has to take it out. Deliveries so "
            + "far: {ReceiveCount}. {Problems}")]
    public static partial void MessagePoisonous(ILogger logger, string messageId, string queue, string receiveCount, string problems);

    [LoggerMessage(6, LogLevel.Error, "Message {MessageId} of {Queue} goes back to the queue: it could not be dispatched.")]
    public static partial void MessageCrashed(ILogger logger, Exception exception, string messageId, string queue);

    [LoggerMessage(
        7,
        LogLevel.Warning,
        "The batch stops at message {MessageId} of {Queue}, to keep the queue's order; {Later} later messages go back with it.")]
    public static partial void BatchStopped(ILogger logger, string messageId, string queue, int later);

    [LoggerMessage(8, LogLevel.Error, "The payload of request {RequestId} was refused and nothing has run. {Problems}")]
    public static partial void PayloadRefused(ILogger logger, string requestId, string problems);

    [LoggerMessage(
        9,
        LogLevel.Information,
        "Message {MessageId} of {Queue} goes back to the queue: run {HolderRunId} is at work, and this message takes its place if it does "
            + "not finish. Deliveries so far: {ReceiveCount}.")]
    public static partial void MessageHeldBack(ILogger logger, string messageId, string queue, string holderRunId, string receiveCount);

    [LoggerMessage(10, LogLevel.Error, "Overdue: {Subject}. {Reason}. {Remedy}")]
    public static partial void Overdue(ILogger logger, string subject, string reason, string remedy);

    [LoggerMessage(11, LogLevel.Information, "{Judged} jobs and tasks were judged by {Location}; {Overdue} are overdue.")]
    public static partial void Watched(ILogger logger, int judged, string location, int overdue);

    [LoggerMessage(12, LogLevel.Error, "Whether a job is overdue is not known: {Location} cannot be read. {Problem}")]
    public static partial void WatchFailed(ILogger logger, string location, string problem);

    [LoggerMessage(13, LogLevel.Warning, "The snapshot does not hold what reads payloads of '{Job}'. Its runs may fail in the same way.")]
    public static partial void NotInSnapshot(ILogger logger, Exception exception, string job);
}
