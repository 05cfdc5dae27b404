using Dispatcher.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Lambda;

/// <summary>
/// The translation between .NET's log levels and Lambda's. Lambda sets <c>AWS_LAMBDA_LOG_LEVEL</c> from the function's logging
/// configuration.
/// </summary>
internal static class LambdaLogLevel
{
    internal const string Key = "AWS_LAMBDA_LOG_LEVEL";

    /// <summary>Reads the lowest level that is logged.</summary>
    /// <returns>The level; <see cref="LogLevel.Information"/> by default.</returns>
    /// <exception cref="InvalidOperationException">The configured level is invalid.</exception>
    public static LogLevel Read(IConfiguration configuration) => configuration[Key]?.Trim().ToUpperInvariant() switch
    {
        null or "" or "INFO" => LogLevel.Information,
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "WARN" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "FATAL" => LogLevel.Critical,
        _ => throw new InvalidOperationException(
            $"The environment variable {Key} is '{Redaction.Value(configuration[Key]!)}'. Set it to TRACE, DEBUG, INFO, WARN, ERROR or "
                + "FATAL."),
    };

    public static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRACE",
        LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARN",
        LogLevel.Error => "ERROR",
        _ => "FATAL",
    };
}
