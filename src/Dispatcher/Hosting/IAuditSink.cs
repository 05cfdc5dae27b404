namespace Dispatcher.Hosting;

/// <summary>
/// A receiver of audit trails: for every change an entry before it is made and one with its outcome. Register any number as singletons.
/// </summary>
public interface IAuditSink
{
    /// <summary>
    /// Gets a value indicating whether the sink only writes to memory or to the output of the process, as the log does. Such a sink is
    /// called on the thread of the run, without a timeout; any other one on a thread of the pool, because it may block.
    /// </summary>
    /// <value>The default value is <see langword="false"/>.</value>
    bool IsImmediate => false;

    /// <summary>
    /// Called with each entry at once: the change goes on when this returns, so that not even a killed process loses the trace of a change.
    /// Called from any thread.
    /// </summary>
    /// <param name="entry">The entry.</param>
    void Write(AuditEntry entry);

    /// <summary>Called when a run has ended and no entry of it will follow, even if it had none.</summary>
    /// <param name="record">The run.</param>
    /// <param name="cancellationToken">Cancelled after the timeout of the audit sinks.</param>
    /// <returns>A task that ends when all entries of the run are out of the process.</returns>
    Task CompleteAsync(RunRecord record, CancellationToken cancellationToken);
}
