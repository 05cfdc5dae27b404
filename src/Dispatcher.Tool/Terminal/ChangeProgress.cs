using Dispatcher.Hosting;

namespace Dispatcher.Tool.Terminal;

/// <summary>A receiver of the audit trail that reports how many changes a run has made, whatever its job reports.</summary>
/// <param name="progress">Receives the number.</param>
internal sealed class ChangeProgress(IProgress<JobProgress> progress) : IAuditSink
{
    private long _made;
    private int _begun;

    /// <inheritdoc />
    public void Write(AuditEntry entry)
    {
        if (Interlocked.Exchange(ref _begun, 1) == 0)
        {
            // The clock of the rate starts before the first change is made.
            progress.Report(new JobProgress("Making changes", 0));
        }

        if (entry.Outcome == AuditOutcome.Applied)
        {
            progress.Report(new JobProgress("Making changes", Interlocked.Increment(ref _made)));
        }
    }

    /// <inheritdoc />
    public Task CompleteAsync(RunRecord record, CancellationToken cancellationToken) => Task.CompletedTask;
}
