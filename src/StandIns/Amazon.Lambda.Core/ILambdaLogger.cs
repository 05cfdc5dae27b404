namespace Amazon.Lambda.Core;

/// <summary>Writes to the log of the function.</summary>
/// <remarks>An implementation needs the two members without a body; the others end in one of them.</remarks>
public interface ILambdaLogger
{
    /// <summary>Writes a text as it is.</summary>
    /// <param name="message">The text.</param>
    void Log(string message);

    /// <summary>Writes a line.</summary>
    /// <param name="message">The line.</param>
    void LogLine(string message);

    /// <summary>Writes a line at a level.</summary>
    /// <param name="level">The level.</param>
    /// <param name="message">The line.</param>
    void Log(string level, string message) => LogLine(message);

    /// <summary>Writes a line at a level.</summary>
    /// <param name="level">The level.</param>
    /// <param name="message">The line.</param>
    void Log(LogLevel level, string message) => Log(level.ToString(), message);

    /// <summary>Writes a line at a level, with the arguments of its placeholders.</summary>
    /// <param name="level">The level.</param>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    void Log(string level, string message, params object[] args) => LogLine(message);

    /// <summary>Writes a line and an exception at a level, with the arguments of the line's placeholders.</summary>
    /// <param name="level">The level.</param>
    /// <param name="exception">The exception.</param>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    void Log(string level, Exception exception, string message, params object[] args)
    {
        Log(level, message, args);
        Log(level, exception.ToString(), args);
    }

    /// <summary>Writes a line at a level, with the arguments of its placeholders.</summary>
    /// <param name="level">The level.</param>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    void Log(LogLevel level, string message, params object[] args) => Log(level.ToString(), message, args);

    /// <summary>Writes a line and an exception at a level, with the arguments of the line's placeholders.</summary>
    /// <param name="level">The level.</param>
    /// <param name="exception">The exception.</param>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    void Log(LogLevel level, Exception exception, string message, params object[] args) => Log(level.ToString(), exception, message, args);

    /// <summary>Writes a trace line.</summary>
    /// <param name="message">The line.</param>
    void LogTrace(string message) => Log(LogLevel.Trace.ToString(), message);

    /// <summary>Writes a trace line with the arguments of its placeholders.</summary>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    void LogTrace(string message, params object[] args) => Log(LogLevel.Trace.ToString(), message, args);

    /// <summary>Writes a trace line and an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    void LogTrace(Exception exception, string message, params object[] args) => Log(LogLevel.Trace.ToString(), exception, message, args);

    /// <summary>Writes a debug line.</summary>
    /// <param name="message">The line.</param>
    void LogDebug(string message) => Log(LogLevel.Debug.ToString(), message);

    /// <summary>Writes a debug line with the arguments of its placeholders.</summary>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    void LogDebug(string message, params object[] args) => Log(LogLevel.Debug.ToString(), message, args);

    /// <summary>Writes a debug line and an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    void LogDebug(Exception exception, string message, params object[] args) => Log(LogLevel.Debug.ToString(), exception, message, args);

    /// <summary>Writes an information line.</summary>
    /// <param name="message">The line.</param>
    void LogInformation(string message) => Log(LogLevel.Information.ToString(), message);

    /// <summary>Writes an information line with the arguments of its placeholders.</summary>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    void LogInformation(string message, params object[] args) => Log(LogLevel.Information.ToString(), message, args);

    /// <summary>Writes an information line and an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    void LogInformation(Exception exception, string message, params object[] args) =>
        Log(LogLevel.Information.ToString(), exception, message, args);

    /// <summary>Writes a warning line.</summary>
    /// <param name="message">The line.</param>
    void LogWarning(string message) => Log(LogLevel.Warning.ToString(), message);

    /// <summary>Writes a warning line with the arguments of its placeholders.</summary>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    void LogWarning(string message, params object[] args) => Log(LogLevel.Warning.ToString(), message, args);

    /// <summary>Writes a warning line and an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    void LogWarning(Exception exception, string message, params object[] args) =>
        Log(LogLevel.Warning.ToString(), exception, message, args);

    /// <summary>Writes an error line.</summary>
    /// <param name="message">The line.</param>
    void LogError(string message) => Log(LogLevel.Error.ToString(), message);

    /// <summary>Writes an error line with the arguments of its placeholders.</summary>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    void LogError(string message, params object[] args) => Log(LogLevel.Error.ToString(), message, args);

    /// <summary>Writes an error line and an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    void LogError(Exception exception, string message, params object[] args) => Log(LogLevel.Error.ToString(), exception, message, args);

    /// <summary>Writes a critical line.</summary>
    /// <param name="message">The line.</param>
    void LogCritical(string message) => Log(LogLevel.Critical.ToString(), message);

    /// <summary>Writes a critical line with the arguments of its placeholders.</summary>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    void LogCritical(string message, params object[] args) => Log(LogLevel.Critical.ToString(), message, args);

    /// <summary>Writes a critical line and an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    void LogCritical(Exception exception, string message, params object[] args) =>
        Log(LogLevel.Critical.ToString(), exception, message, args);
}
