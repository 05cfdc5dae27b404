using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Lambda;

/// <summary>
/// A provider that writes the log as lines of JSON. Each line is written before the call returns, because Lambda may freeze the process at
/// any time after the handler has answered, and queued lines would be late or lost.
/// </summary>
[ProviderAlias("Lambda")]
internal sealed class LambdaLoggerProvider(LambdaOutput output, TimeProvider timeProvider) : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentDictionary<string, LambdaLogger> _loggers = new(StringComparer.Ordinal);

    /// <summary>Gets the scopes that lines are in.</summary>
    public IExternalScopeProvider Scopes { get; private set; } = new LoggerExternalScopeProvider();

    public ILogger CreateLogger(string categoryName) =>
        _loggers.GetOrAdd(categoryName, static (category, provider) => new LambdaLogger(category, provider), this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    public void Dispose()
    {
        // Nothing is buffered.
    }

    internal void Write(in LogLine line) => output.WriteLine(line.ToJson().Span);

    internal DateTimeOffset Now() => timeProvider.GetUtcNow();
}
