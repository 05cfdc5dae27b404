using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Testing;

/// <summary>Keeps log lines as text: <c>Level Category: message</c>, then the exception.</summary>
public sealed class RecordingLoggerProvider : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<IReadOnlyDictionary<string, object?>> _scopes = new();

    /// <summary>Gets the lines so far, in order.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>Gets the names and values of the structured scopes so far, in the order of their beginning.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Scopes => [.. _scopes];

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines, _scopes);

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private sealed class Logger(
        string category, ConcurrentQueue<string> lines, ConcurrentQueue<IReadOnlyDictionary<string, object?>> scopes) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
            {
                scopes.Enqueue(new Dictionary<string, object?>(values, StringComparer.Ordinal));
            }

            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)}{(exception is null ? string.Empty : $" {exception}")}");
    }
}
