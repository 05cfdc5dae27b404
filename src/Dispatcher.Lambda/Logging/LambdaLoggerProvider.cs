using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Lambda.Logging;

/// <summary>
/// Logs lines of JSON, each written before the call returns: Lambda may freeze the process at any moment after the handler has answered,
/// and what waits in a queue then is late by a day or lost.
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
        // Nothing is kept that would have to be written.
    }

    internal void Write(in LogLine line) => output.WriteLine(line.ToJson().Span);

    internal DateTimeOffset Now() => timeProvider.GetUtcNow();
}
