using Dispatcher.Changes;
using Dispatcher.Failures;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Audit;

/// <summary>
/// The audit trail of one run: before each change the intent, after it the outcome, each stamped with the run and the time and handed to all
/// sinks. A sink that fails loses its own entries, neither the run nor the other sinks' copies.
/// </summary>
/// <remarks>
/// Entries are handed over one at a time, so that once <see cref="Interrupt"/> has returned for everything under way, no thread is still
/// writing: the sinks may be told that the run is complete.
/// </remarks>
internal sealed class AuditTrail(IReadOnlyList<IAuditSink> sinks, string job, string runId, TimeProvider timeProvider, ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly bool[] _hasFailed = new bool[sinks.Count];
    private long _lastNumber;

    /// <summary>Records that changes are about to be made.</summary>
    /// <exception cref="PermanentJobException">The run has ended meanwhile; the changes must not be made.</exception>
    public void Intend(ChangeBatch batch)
    {
        lock (_lock)
        {
            if (batch.IsAudited)
            {
                throw new PermanentJobException(
                    $"The run of job '{job}' ended before its change {batch.Changes[0].Target} began. Await everything that the job starts before it returns.");
            }

            batch.FirstNumber = _lastNumber + 1;
            _lastNumber += batch.Changes.Count;
            Write(batch, static _ => (AuditOutcome.Intended, null));
        }
    }

    /// <summary>Records what became of changes.</summary>
    public void Record(ChangeBatch batch, IReadOnlyList<ChangeOutcome> outcomes) =>
        WriteOnce(batch, index => (OutcomeFor(outcomes[index].Kind), outcomes[index].Detail));

    /// <summary>Records that changes may have been made or not.</summary>
    public void Interrupt(ChangeBatch batch, string error) => WriteOnce(batch, _ => (AuditOutcome.Interrupted, error));

    private static AuditOutcome OutcomeFor(ChangeOutcomeKind kind) => kind switch
    {
        ChangeOutcomeKind.Applied => AuditOutcome.Applied,
        ChangeOutcomeKind.Skipped => AuditOutcome.Skipped,
        ChangeOutcomeKind.Unknown => AuditOutcome.Interrupted,
        _ => AuditOutcome.Failed,
    };

    private void WriteOnce(ChangeBatch batch, Func<int, (AuditOutcome Outcome, string? Error)> outcomeOf)
    {
        lock (_lock)
        {
            if (!batch.IsAudited && batch.FirstNumber > 0)
            {
                Write(batch, outcomeOf);
            }

            batch.IsAudited = true;
        }
    }

    private void Write(ChangeBatch batch, Func<int, (AuditOutcome Outcome, string? Error)> outcomeOf)
    {
        var time = timeProvider.GetUtcNow();
        for (var index = 0; index < batch.Changes.Count; index++)
        {
            var (outcome, error) = outcomeOf(index);
            var change = batch.Changes[index];
            Write(new AuditEntry(time, runId, job, change.Action, change.Target, outcome)
            {
                Change = batch.FirstNumber + index,
                Reason = change.Reason,
                Evidence = change.Evidence,
                Bytes = change.Bytes,
                Error = error,
            });
        }
    }

    private void Write(AuditEntry entry)
    {
        for (var index = 0; index < sinks.Count; index++)
        {
            try
            {
                sinks[index].Write(entry);
            }
            catch (Exception exception)
            {
                if (!_hasFailed[index])
                {
                    _hasFailed[index] = true;
                    Log.AuditFailed(logger, sinks[index].GetType().Name, entry.Action, entry.Target, exception.Message);
                }
            }
        }
    }
}
