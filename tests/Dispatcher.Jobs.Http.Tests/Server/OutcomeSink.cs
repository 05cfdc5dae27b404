using Dispatcher.Hosting;

namespace Dispatcher.Jobs.Http.Tests.Server;

/// <summary>An audit sink that keeps the outcomes, in order.</summary>
internal sealed class OutcomeSink : IAuditSink
{
    public List<AuditOutcome> Outcomes { get; } = [];

    public void Write(AuditEntry entry) => Outcomes.Add(entry.Outcome);

    public Task CompleteAsync(RunRecord summary, CancellationToken cancellationToken) => Task.CompletedTask;
}
