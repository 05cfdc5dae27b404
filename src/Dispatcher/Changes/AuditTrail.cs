using Dispatcher.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Changes;

/// <summary>
/// The audit trail of one run: stamps entries with the run and the time and hands them to all sinks. A sink that fails loses its own
/// entries, neither the run nor the other sinks' copies. The ledger calls it for one entry at a time.
/// </summary>
internal sealed class AuditTrail(IReadOnlyList<IAuditSink> sinks, string job, string runId, TimeProvider timeProvider, ILogger logger)
{
    private readonly bool[] _hasFailed = new bool[sinks.Count];

    /// <summary>Writes a line for each change of an entry.</summary>
    /// <param name="entry">The changes.</param>
    /// <param name="outcomeOf">Returns the stage of the change at an index, and the error if there is one.</param>
    /// <param name="undoOf">Returns what taking the change at an index back needs.</param>
    public void Write(ChangeEntry entry, Func<int, (AuditOutcome Outcome, string? Error)> outcomeOf, Func<int, string?>? undoOf = null)
    {
        var time = timeProvider.GetUtcNow();
        for (var index = 0; index < entry.Changes.Count; index++)
        {
            var (outcome, error) = outcomeOf(index);
            var change = entry.Changes[index];
            Write(new AuditEntry(time, runId, job, change.Action, change.Target, outcome)
            {
                Change = entry.FirstNumber + index,
                Reason = change.Reason,
                Evidence = change.Evidence,
                Bytes = change.Bytes,
                Error = error,
                Undo = undoOf?.Invoke(index),
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
