using System.Text;

namespace Amazon.Lambda.Core;

/// <summary>Writes log lines from code that has no <see cref="ILambdaContext"/> at hand.</summary>
public static class LambdaLogger
{
    /// <summary>Writes a line.</summary>
    /// <param name="message">The line.</param>
    public static void Log(string message) => Console.WriteLine(message);

    /// <summary>Writes a line with its level and the arguments of its placeholders.</summary>
    /// <param name="level">The level.</param>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    public static void Log(string level, string message, params object[] args)
    {
        var line = new StringBuilder(level).Append(": ").Append(message);
        if (args is { Length: > 0 })
        {
            line.Append(" Arguments:");
            foreach (var argument in args)
            {
                line.Append(" \"").Append(argument).Append('"');
            }
        }

        Console.WriteLine(line);
    }

    /// <summary>Writes a line with its level and the arguments of its placeholders.</summary>
    /// <param name="level">The level.</param>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    public static void Log(LogLevel level, string message, params object[] args) => Log(level.ToString(), message, args);

    /// <summary>Writes a line with its level, the arguments of its placeholders and an exception.</summary>
    /// <param name="level">The level.</param>
    /// <param name="exception">The exception.</param>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    public static void Log(string level, Exception exception, string message, params object[] args)
    {
        Log(level, message, args);
        Console.WriteLine(exception);
    }

    /// <summary>Writes a line with its level, the arguments of its placeholders and an exception.</summary>
    /// <param name="level">The level.</param>
    /// <param name="exception">The exception.</param>
    /// <param name="message">The line.</param>
    /// <param name="args">The arguments.</param>
    public static void Log(LogLevel level, Exception exception, string message, params object[] args) =>
        Log(level.ToString(), exception, message, args);
}
