using Dispatcher.Hosting;

namespace Dispatcher.Tests.Plans;

/// <summary>Keeps the lines of an audit trail.</summary>
internal sealed class RecordingTrail : IAuditSink
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public void Write(AuditEntry entry) => _lines.Add($"{entry.Change} {entry.Target} {entry.Outcome} {entry.Error}");

    public Task CompleteAsync(RunRecord record, CancellationToken cancellationToken) => Task.CompletedTask;
}
