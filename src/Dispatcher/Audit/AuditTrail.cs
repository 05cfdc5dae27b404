using Dispatcher.Changes;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Audit;

/// <summary>
/// Writes down what became of one run's changes: stamps each with the run and the time, and hands it to all sinks. A sink that fails loses
/// its own entries, neither the run nor the other sinks' copies.
/// </summary>
/// <remarks>
/// Entries are handed over one at a time, so that once <see cref="Interrupt"/> has returned for everything under way, no thread is still
/// writing: the sinks may be told that the run is complete.
/// </remarks>
internal sealed class AuditTrail(IReadOnlyList<IAuditSink> sinks, string job, string runId, TimeProvider timeProvider, ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly bool[] _hasFailed = new bool[sinks.Count];

    /// <summary>Writes down what was made, what failed and what may be either. What was skipped was not tried.</summary>
    public void Record(ChangeBatch batch, IReadOnlyList<ChangeOutcome> outcomes)
    {
        lock (_lock)
        {
            if (batch.IsAudited)
            {
                return;
            }

            batch.IsAudited = true;
            var time = timeProvider.GetUtcNow();
            for (var index = 0; index < outcomes.Count; index++)
            {
                if (OutcomeFor(outcomes[index].Kind) is { } outcome)
                {
                    Write(batch.Changes[index], outcome, time, outcomes[index].Detail);
                }
            }
        }
    }

    /// <summary>Writes down that the changes may have been made or not.</summary>
    public void Interrupt(ChangeBatch batch, string error)
    {
        lock (_lock)
        {
            if (batch.IsAudited)
            {
                return;
            }

            batch.IsAudited = true;
            var time = timeProvider.GetUtcNow();
            foreach (var change in batch.Changes)
            {
                Write(change, AuditOutcome.Interrupted, time, error);
            }
        }
    }

    private static AuditOutcome? OutcomeFor(ChangeOutcomeKind kind) => kind switch
    {
        ChangeOutcomeKind.Applied => AuditOutcome.Applied,
        ChangeOutcomeKind.Failed or ChangeOutcomeKind.RolledBack => AuditOutcome.Failed,
        ChangeOutcomeKind.Unknown => AuditOutcome.Interrupted,
        _ => null,
    };

    private void Write(Change change, AuditOutcome outcome, DateTimeOffset time, string? error)
    {
        var entry = new AuditEntry(time, runId, job, change.Action, change.Target, outcome)
        {
            Reason = change.Reason,
            Evidence = change.Evidence,
            Bytes = change.Bytes,
            Error = error,
        };
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
                    Log.AuditFailed(logger, sinks[index].GetType().Name, change.Action, change.Target, exception.Message);
                }
            }
        }
    }
}
