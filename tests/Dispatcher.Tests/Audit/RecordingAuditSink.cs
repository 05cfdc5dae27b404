using System.Collections.Concurrent;
using Dispatcher.Audit;
using Dispatcher.Telemetry;

namespace Dispatcher.Tests.Audit;

/// <summary>Keeps audit entries, and complains where one follows the end of its run.</summary>
internal sealed class RecordingAuditSink : IAuditSink
{
    private readonly ConcurrentQueue<AuditEntry> _entries = new();
    private readonly ConcurrentQueue<string> _completed = new();

    public IReadOnlyList<AuditEntry> Entries => [.. _entries];

    public IReadOnlyList<string> Completed => [.. _completed];

    public IEnumerable<string> Lines => _entries.Select(entry => $"{entry.Target} {entry.Outcome}");

    public void Write(AuditEntry entry)
    {
        Assert.That(_completed, Does.Not.Contain(entry.RunId), "an entry after the end of its run");
        _entries.Enqueue(entry);
    }

    public Task CompleteAsync(JobRunSummary summary, CancellationToken cancellationToken)
    {
        _completed.Enqueue(summary.RunId);
        return Task.CompletedTask;
    }
}
