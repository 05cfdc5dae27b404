using Microsoft.Extensions.Logging;

namespace Dispatcher.Jobs.Celery;

/// <summary>The messages that the job logs. What a task is called with stays below Information.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Message {TaskId}, {Bytes} bytes, eta {Eta}, expires {Expires}: {Call}")]
    public static partial void Message(ILogger logger, string taskId, int bytes, string? eta, string? expires, string call);

    [LoggerMessage(2, LogLevel.Warning, "The batch of {Count} messages is too large for {Queue}; it is sent in halves.")]
    public static partial void Halved(ILogger logger, int count, string queue);

    [LoggerMessage(3, LogLevel.Warning, "{Warning}")]
    public static partial void Warning(ILogger logger, string warning);

    [LoggerMessage(4, LogLevel.Debug, "The visibility timeout of {Queue} could not be read: {Error}")]
    public static partial void VisibilityUnknown(ILogger logger, string queue, string error);
}
