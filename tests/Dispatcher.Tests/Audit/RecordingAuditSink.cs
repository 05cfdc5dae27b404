using System.Collections.Concurrent;
using Dispatcher.Hosting;

namespace Dispatcher.Tests.Audit;

/// <summary>An audit sink that keeps the outcomes, and fails if one follows the end of its run, has no intent or is a second one.</summary>
internal sealed class RecordingAuditSink : IAuditSink
{
    private readonly ConcurrentQueue<AuditEntry> _entries = new();
    private readonly ConcurrentQueue<string> _completed = new();

    private readonly ConcurrentDictionary<(string RunId, long Change), AuditEntry> _open = new();

    /// <summary>Gets the outcomes.</summary>
    public IReadOnlyList<AuditEntry> Entries => [.. _entries];

    /// <summary>Gets the intents without an outcome.</summary>
    public IEnumerable<string> Open => _open.Values.Select(static entry => entry.Target);

    public IReadOnlyList<string> Completed => [.. _completed];

    public IEnumerable<string> Lines => _entries.Select(entry => $"{entry.Target} {entry.Outcome}");

    public void Write(AuditEntry entry)
    {
        Assert.That(_completed, Does.Not.Contain(entry.RunId), "an entry after the end of its run");
        if (entry.Outcome == AuditOutcome.Intended)
        {
            Assert.That(_open.TryAdd((entry.RunId, entry.Change), entry), "an intent with the number of another one");
            return;
        }

        Assert.That(_open.TryRemove((entry.RunId, entry.Change), out var intent), "an outcome without an intent, or a second outcome");
        Assert.That(entry.Target, Is.EqualTo(intent!.Target));
        _entries.Enqueue(entry);
    }

    public Task CompleteAsync(RunRecord summary, CancellationToken cancellationToken)
    {
        _completed.Enqueue(summary.RunId);
        return Task.CompletedTask;
    }
}
