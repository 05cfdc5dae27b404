using Dispatcher.Telemetry;

namespace Dispatcher.Audit;

/// <summary>Takes the audit trail: every change that was made, that failed, or that was under way when its run ended. Register any number as singletons.</summary>
public interface IAuditSink
{
    /// <summary>Takes one entry as soon as its outcome is known, so that a run that is cut off loses none. Called from any thread.</summary>
    /// <param name="entry">The entry.</param>
    void Write(AuditEntry entry);

    /// <summary>Hears that a run has ended and no entry of it will follow, also where it had none.</summary>
    /// <param name="summary">The run.</param>
    /// <param name="cancellationToken">Fires when this takes too long.</param>
    /// <returns>A task that ends when all entries of the run are out of the process.</returns>
    Task CompleteAsync(JobRunSummary summary, CancellationToken cancellationToken);
}
