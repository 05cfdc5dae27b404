using Dispatcher.Hosting;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests.World;

/// <summary>The audit trail of a process: what it wrote before it was killed.</summary>
internal sealed class RecordedTrail(FakeCaller caller) : IAuditSink
{
    private readonly Lock _lock = new();
    private readonly List<AuditEntry> _entries = [];

    public void Write(AuditEntry entry)
    {
        lock (_lock)
        {
            if (!caller.IsKilled)
            {
                _entries.Add(entry);
            }
        }
    }

    public Task CompleteAsync(RunRecord summary, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Gets the changes that were made, as a run that restores gets them: the last one first.</summary>
    public IReadOnlyList<MadeChange> Made()
    {
        lock (_lock)
        {
            return
            [
                .. _entries.Where(static entry => entry.Outcome == AuditOutcome.Applied).OrderByDescending(static entry => entry.Change)
                    .Select(static entry => new MadeChange(entry.Action, entry.Target) { Evidence = entry.Evidence, Undo = entry.Undo }),
            ];
        }
    }

    /// <summary>Tells which changes have an entry of a kind, in the words of the log of changes.</summary>
    public IReadOnlyList<string> ChangesThatAre(AuditOutcome outcome)
    {
        lock (_lock)
        {
            return [.. _entries.Where(entry => entry.Outcome == outcome).Select(Describe).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Tells which changes have an outcome of which no other was told before: each change has one.</summary>
    public IReadOnlyList<string> ChangesWithSeveralOutcomes()
    {
        lock (_lock)
        {
            var open = new Dictionary<string, int>(StringComparer.Ordinal);
            var several = new List<string>();
            foreach (var entry in _entries)
            {
                var change = $"{entry.Action} {entry.Target}";
                var intents = open.GetValueOrDefault(change);
                open[change] = entry.Outcome == AuditOutcome.Intended ? intents + 1 : intents - 1;
                if (open[change] < 0)
                {
                    several.Add($"{entry.Outcome} {change}");
                }
            }

            return several;
        }
    }

    /// <summary>Tells which changes have an intent and no outcome.</summary>
    public IReadOnlyList<string> ChangesWithoutOutcome()
    {
        lock (_lock)
        {
            return [.. _entries.GroupBy(static entry => $"{entry.Action} {entry.Target}")
                .Where(static group => group.Count(static entry => entry.Outcome == AuditOutcome.Intended) * 2 > group.Count())
                .Select(static group => group.Key)];
        }
    }

    // What follows a # says which of several changes to a session it is; the log of changes does not.
    private static string Describe(AuditEntry entry) => $"{entry.Action} {entry.Target.Split('#')[0]}";
}
