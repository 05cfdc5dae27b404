#nullable enable
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The logger of an invocation's context.</summary>
internal sealed class ConsoleLambdaLogger(ConsoleLog log) : ILambdaLogger
{
    public void Log(string message) => Console.Write(message);

    public void LogLine(string message) => log.Write(LogLevel.Information, null, message, []);

    public void Log(string level, string message) => log.Write(ConsoleLog.Level(level), null, message, []);

    public void Log(string level, string message, params object[] args) => log.Write(ConsoleLog.Level(level), null, message, args);

    public void Log(string level, Exception exception, string message, params object[] args) =>
        log.Write(ConsoleLog.Level(level), exception, message, args);
}
