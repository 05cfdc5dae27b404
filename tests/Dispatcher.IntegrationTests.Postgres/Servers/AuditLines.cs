using System.Collections.Concurrent;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Postgres.Servers;

/// <summary>An audit sink that keeps the outcomes of a test's runs.</summary>
internal sealed class AuditLines : IAuditSink
{
    private readonly ConcurrentQueue<AuditEntry> _entries = new();

    public IReadOnlyList<AuditEntry> Entries => [.. _entries];

    public void AddTo(IDispatcherBuilder builder) => builder.Services.AddSingleton<IAuditSink>(this);

    public void Write(AuditEntry entry)
    {
        if (entry.Outcome != AuditOutcome.Intended)
        {
            _entries.Enqueue(entry);
        }
    }

    public Task CompleteAsync(RunRecord summary, CancellationToken cancellationToken) => Task.CompletedTask;
}
