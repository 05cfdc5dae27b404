using Microsoft.Extensions.Logging;

namespace Dispatcher.Lambda;

/// <summary>A logger for one category.</summary>
internal sealed class LambdaLogger(string category, LambdaLoggerProvider provider) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => provider.Scopes.Push(state);

    /// <summary>Returns <see langword="true"/> for every level, because the factory has already filtered.</summary>
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            provider.Write(new LogLine(provider.Now(), logLevel, category, formatter(state, exception), exception, provider.Scopes));
        }
    }
}
