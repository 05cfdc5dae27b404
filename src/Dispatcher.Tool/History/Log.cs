using Microsoft.Extensions.Logging;

namespace Dispatcher.Tool.History;

/// <summary>The log messages of the tool.</summary>
internal static partial class Log
{
    [LoggerMessage(
        1, LogLevel.Warning, "The audit trail cannot be written to '{Folder}': {Error} Its lines are written to standard error instead.")]
    public static partial void AuditFileFailed(ILogger logger, string folder, string error);
}
