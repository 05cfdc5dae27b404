using Microsoft.Extensions.Logging;

namespace Dispatcher.Cli.History;

/// <summary>Holds every message that the tool logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The audit trail cannot be kept in '{Folder}': {Error} Its lines are on standard error instead.")]
    public static partial void AuditFileFailed(ILogger logger, string folder, string error);
}
