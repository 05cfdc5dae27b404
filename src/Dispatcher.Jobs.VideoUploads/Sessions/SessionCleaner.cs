using Dispatcher.Changes;
using Dispatcher.Jobs.VideoUploads.Objects;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>
/// Cleans a batch of sessions that are due: looks, claims, clears the bucket, removes the sessions. Each step is conditional on the one
/// before, so that a crash between any two leaves a state that the next run finishes.
/// </summary>
internal sealed class SessionCleaner
{
    private readonly CleanupContext _run;
    private readonly SessionTable _table;
    private readonly SessionWriter _writer;
    private readonly SessionInspector _inspector;
    private readonly SessionQuarantine _quarantine;
    private readonly SessionClearing _clearing;

    public SessionCleaner(CleanupContext run, SessionTable table, UploadBucket bucket)
    {
        _run = run;
        _table = table;
        _writer = new SessionWriter(run, table);
        _inspector = new SessionInspector(run, bucket);
        _quarantine = new SessionQuarantine(run, table, _writer, bucket);
        _clearing = new SessionClearing(run, table, bucket, _inspector);
    }

    private IChangeGate Gate => _run.Context.Changes;

    public async Task CleanAsync(IReadOnlyList<SessionVerdict> due, CancellationToken cancellationToken)
    {
        var inspected = await _run.Calls.ForEachAsync(
            due,
            verdict => _run.TryAsync(
                _run.DescribeSession(verdict.Session.Id), () => _inspector.InspectAsync(verdict, cancellationToken), cancellationToken),
            cancellationToken);
        var plans = inspected.OfType<SessionPlan>().ToLookup(static plan => plan.Action);

        _run.Context.Counters.Add(CleanupCounts.SessionsKept, plans[SessionAction.Keep].Count());
        _run.Context.Counters.Add(CleanupCounts.SessionsInQuarantine, plans[SessionAction.Wait].Count());
        await MarkPartialAsync([.. plans[SessionAction.Review]], cancellationToken);
        await _quarantine.BeginAsync([.. plans[SessionAction.Quarantine]], cancellationToken);
        var claimed = await ClaimAsync([.. plans[SessionAction.Remove]], cancellationToken);
        await _clearing.ClearAsync(claimed, cancellationToken);

        // What has lost its object or upload is finished even when the run has to stop: these are few calls.
        var states = claimed.ToLookup(static session => session.State);
        await RemoveAsync([.. states[ClearedState.Clear]], CancellationToken.None);
        await ReviewAsync([.. states[ClearedState.Completed]], CancellationToken.None);
        await ReleaseAsync([.. claimed.Where(static session => session.State == ClearedState.Changed)], CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task ReviewAsync(List<ClaimedSession> sessions, CancellationToken cancellationToken)
    {
        var outcomes = await MarkPartialAsync(
            [.. sessions.Select(static session => session.Plan with { Reason = $"{session.Plan.Reason}, but the upload has gone on since" })],
            cancellationToken);
        NoteChanged(sessions, outcomes);
    }

    private Task<IReadOnlyList<ChangeOutcome>> MarkPartialAsync(List<SessionPlan> plans, CancellationToken cancellationToken) =>
        Gate.TryApplyEachAsync(
            [.. plans.Select(plan => plan.ToChange(
                "dynamodb:UpdateItem", $"{_run.DescribeSession(plan.Session.Id)}#partial", CleanupCounts.SessionsMarkedPartial))],
            (_, token) => _writer.MarkPartialAsync([.. plans.Select(static plan => (plan.Session, plan.Reason))], token),
            cancellationToken);

    private async Task<List<ClaimedSession>> ClaimAsync(List<SessionPlan> plans, CancellationToken cancellationToken)
    {
        // Each claim is followed by a removal at least: a limit should stop a batch before it begins, not in its middle.
        Gate.EnsureWithinLimit(plans.Count * 2L);
        List<SessionPlan> claimed = [.. plans.Select(plan => plan with { Session = _writer.Claimed(plan.Session) })];
        var outcomes = await Gate.TryApplyEachAsync(
            [.. plans.Select(plan => plan.ToChange(
                "dynamodb:UpdateItem", $"{_run.DescribeSession(plan.Session.Id)}#claim", CleanupCounts.SessionsClaimed))],
            (_, token) => _writer.ClaimAsync([.. plans.Zip(claimed, static (before, after) => (before.Session, after.Session))], token),
            cancellationToken);
        return [.. claimed.Where((_, index) => outcomes[index].IsDone).Select(static plan => new ClaimedSession(plan))];
    }

    private async Task RemoveAsync(List<ClaimedSession> sessions, CancellationToken cancellationToken)
    {
        var outcomes = await Gate.TryApplyEachAsync(
            [.. sessions.Select(session => session.Plan.ToChange(
                "dynamodb:DeleteItem", _run.DescribeSession(session.Session.Id), CleanupCounts.SessionsCleaned))],
            async (_, token) =>
            {
                var removed = await _writer.RemoveAsync([.. sessions.Select(static session => session.Session)], token);
                return await ReportLossesAsync(sessions, removed, token);
            },
            cancellationToken);
        foreach (var (session, outcome) in sessions.Zip(outcomes))
        {
            if (outcome.IsDone)
            {
                _run.MarkRemoved(session.Session.Id);
            }
        }

        NoteChanged(sessions, outcomes);
    }

    private static void NoteChanged(List<ClaimedSession> sessions, IReadOnlyList<ChangeOutcome> outcomes)
    {
        foreach (var (session, outcome) in sessions.Zip(outcomes))
        {
            session.State = outcome.IsDone ? session.State : ClearedState.Changed;
        }
    }

    /// <summary>
    /// A session that changed after its object or upload was deleted is wanted by somebody who has lost something: an error. One that
    /// another run has taken over or removed is not.
    /// </summary>
    private async Task<IReadOnlyList<ChangeOutcome>> ReportLossesAsync(
        List<ClaimedSession> sessions, IReadOnlyList<ChangeOutcome> outcomes, CancellationToken cancellationToken)
    {
        var suspects = sessions.Where((session, index) => outcomes[index].Kind == ChangeOutcomeKind.Skipped && session.Destroyed is not null);
        var now = await _table.ReadAsync(suspects.Select(static session => session.Session.Id), cancellationToken);
        return [.. sessions.Select((session, index) =>
            outcomes[index].Kind == ChangeOutcomeKind.Skipped
            && session.Destroyed is { } destroyed
            && now.GetValueOrDefault(session.Session.Id) is { } current
            && current.State != session.Session.State
                ? ChangeOutcome.Failed(
                    $"the session has changed ({current.Seen}), but this run had just deleted {destroyed}. The session stays. Restore what was "
                    + "deleted, or have it uploaded again; let the application change sessions only while they have no cleanupClaim.")
                : outcomes[index])];
    }

    private async Task ReleaseAsync(List<ClaimedSession> sessions, CancellationToken cancellationToken) =>
        await Gate.TryApplyEachAsync(
            [.. sessions.Select(session => new Change("dynamodb:UpdateItem", $"{_run.DescribeSession(session.Session.Id)}#release")
            {
                Reason = "the session has changed since it was claimed",
                Evidence = session.Session.Seen,
            })],
            (_, token) => _writer.ReleaseAsync([.. sessions.Select(static session => session.Session)], token),
            cancellationToken);
}
