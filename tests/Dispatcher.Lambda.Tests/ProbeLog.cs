using Microsoft.Extensions.Logging;

namespace Dispatcher.Lambda.Tests;

/// <summary>The message that the probe job logs.</summary>
internal static partial class ProbeLog
{
    [LoggerMessage(1, LogLevel.Warning, "The service said {Text}.")]
    public static partial void Said(ILogger logger, string text, Exception exception);
}
