using Microsoft.Extensions.Logging;

namespace Dispatcher.Jobs.Ecs;

/// <summary>The messages that the job logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Started {TaskArn}.")]
    public static partial void Started(ILogger logger, string taskArn);

    [LoggerMessage(2, LogLevel.Warning, "{TaskArn}: {Problem} The container does not decide about the run.")]
    public static partial void Ignored(ILogger logger, string taskArn, string problem);

    [LoggerMessage(3, LogLevel.Information, "{TaskArn} was started by an earlier delivery of this slot.")]
    public static partial void StartedEarlier(ILogger logger, string taskArn);
}
