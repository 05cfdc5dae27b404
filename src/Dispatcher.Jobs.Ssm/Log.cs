using Microsoft.Extensions.Logging;

namespace Dispatcher.Jobs.Ssm;

/// <summary>The messages that the job logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Sent command {CommandId}.")]
    public static partial void Sent(ILogger logger, string commandId);

    [LoggerMessage(2, LogLevel.Information, "{InstanceId}: {Status}. Output: {Output}")]
    public static partial void Ended(ILogger logger, string instanceId, string status, string output);

    [LoggerMessage(3, LogLevel.Information, "Command {CommandId} was sent by an earlier delivery of this slot.")]
    public static partial void SentEarlier(ILogger logger, string commandId);
}
