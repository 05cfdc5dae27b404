using Microsoft.Extensions.Logging;

namespace Dispatcher.Jobs.Ecs.EcsRunTask;

/// <summary>Holds every message that the job logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Started {TaskArn}.")]
    public static partial void Started(ILogger logger, string taskArn);
}
