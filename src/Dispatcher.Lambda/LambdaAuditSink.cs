using Dispatcher.Hosting;

namespace Dispatcher.Lambda;

/// <summary>
/// A sink that writes each audit entry to the log as one line of JSON, immediately, so that no later failure of the run can lose it.
/// </summary>
internal sealed class LambdaAuditSink(LambdaOutput output) : IAuditSink
{
    public bool IsImmediate => true;

    public void Write(AuditEntry entry) => output.WriteLine(AuditEntryJson.Serialize(entry, LambdaOutput.MaxLineLength).Span);

    public Task CompleteAsync(RunRecord record, CancellationToken cancellationToken) => Task.CompletedTask;
}
