#nullable enable
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Writes log lines to standard output, which AWS Lambda collects.</summary>
/// <remarks>The service sets <c>AWS_LAMBDA_LOG_LEVEL</c> and <c>AWS_LAMBDA_LOG_FORMAT</c> from the function's logging configuration.</remarks>
internal sealed class ConsoleLambdaLogger(string? requestId) : ILambdaLogger
{
    private readonly LogLevel _minimum = Level(Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_LEVEL")) ?? LogLevel.Trace;
    private readonly bool _json = string.Equals(Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_FORMAT"), "JSON", StringComparison.OrdinalIgnoreCase);

    public void Log(string message) => Console.Write(message);

    public void LogLine(string message) => Write(LogLevel.Information, null, message, []);

    public void Log(string level, string message) => Write(Level(level), null, message, []);

    public void Log(string level, string message, params object[] args) => Write(Level(level), null, message, args);

    public void Log(string level, Exception exception, string message, params object[] args) => Write(Level(level), exception, message, args);

    public void LogException(Exception exception) => Write(LogLevel.Error, exception, null, []);

    // The service says INFO, WARN and FATAL where .NET says Information, Warning and Critical.
    private static LogLevel? Level(string? level) => level?.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "INFO" or "INFORMATION" => LogLevel.Information,
        "WARN" or "WARNING" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "FATAL" or "CRITICAL" => LogLevel.Critical,
        _ => null,
    };

    private void Write(LogLevel? level, Exception? exception, string? message, object?[] args)
    {
        var rank = level ?? LogLevel.Information;
        if (rank >= _minimum)
        {
            var entry = new LogEntry(DateTimeOffset.UtcNow, requestId, rank, LogTemplate.Fill(message, args), exception);
            Console.WriteLine(_json ? entry.ToJson() : entry.ToText());
        }
    }
}
