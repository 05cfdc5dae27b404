using Dispatcher.Hosting;

namespace Dispatcher.Lambda.Audit;

/// <summary>Writes each audit entry as one line of JSON to the log, at once: what stands there no later failure of the run can lose.</summary>
internal sealed class LambdaAuditSink(LambdaOutput output) : IAuditSink
{
    public void Write(AuditEntry entry) => output.WriteLine(AuditEntryJson.Serialize(entry, LambdaOutput.MaxLineLength).Span);

    public Task CompleteAsync(RunRecord record, CancellationToken cancellationToken) => Task.CompletedTask;
}
