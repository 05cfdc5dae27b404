using Dispatcher.Hosting;

namespace Dispatcher.Changes;

/// <summary>
/// The changes of a run that may have been made, because their answer was lost or the run ended while they were under way. They are kept
/// until a later attempt makes the same change, or finds that it is no longer due.
/// </summary>
internal sealed class InterruptedChanges
{
    private List<Change>? _current;
    private HashSet<(string Action, string Target)>? _earlier;

    /// <summary>Gets how many changes may have been made, those of earlier attempts included.</summary>
    public long Count => (_current?.Count ?? 0) + Earlier;

    /// <summary>Gets how many of them an earlier attempt has left.</summary>
    public long Earlier => _earlier?.Count ?? 0;

    /// <summary>Notes what became of a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="outcome">What became of it, as the audit trail has it.</param>
    public void Note(Change change, AuditOutcome outcome)
    {
        if (outcome == AuditOutcome.Interrupted)
        {
            (_current ??= []).Add(change);
        }

        // A change that failed now may have been made then.
        if (outcome != AuditOutcome.Failed)
        {
            _earlier?.Remove((change.Action, change.Target));
        }
    }

    /// <summary>Begins an attempt.</summary>
    public void BeginAttempt()
    {
        if (_current is null)
        {
            return;
        }

        _earlier ??= [];
        _earlier.UnionWith(_current.Select(static change => (change.Action, change.Target)));
        _current = null;
    }
}
