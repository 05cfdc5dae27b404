using Dispatcher.Jobs.VideoUploads.Objects;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>
/// The cleaning of a batch of sessions that are due: inspect, claim, clear the bucket, remove the sessions. Each step is conditional on the
/// one before, so that a crash between any two leaves a state that the next run finishes.
/// </summary>
internal sealed class SessionCleaner(CleanupContext run, SessionTable table, UploadBucket bucket)
{
    private readonly SessionWriter _writer = new(run, table);
    private readonly SessionInspector _inspector = new(run, bucket);
    private readonly SizeFilter _sizes = new(run, bucket);

    public async Task CleanAsync(IReadOnlyList<SessionVerdict> due, CancellationToken cancellationToken)
    {
        var claimedFirst = due.Where(_inspector.IsClaimedFirst).ToList();
        var inspected = await _inspector.InspectAsync([.. due.Except(claimedFirst)], cancellationToken);
        var selected = await _sizes.SelectAsync([.. inspected.OfType<SessionPlan>()], cancellationToken);
        var plans = selected.ToLookup(static plan => plan.Action);

        run.Context.Counters.Add(CleanupCounts.SessionsKept, plans[SessionAction.Keep].Count());
        run.Context.Counters.Add(CleanupCounts.SessionsInQuarantine, plans[SessionAction.Wait].Count());
        await ReleaseDeadClaimsAsync(
            [.. plans[SessionAction.Release], .. plans[SessionAction.Keep].Where(static plan => plan.Session.Claim is not null)],
            cancellationToken);
        await MarkPartialAsync([.. plans[SessionAction.Review]], cancellationToken);
        await new SessionQuarantine(run, table, _writer, bucket).BeginAsync([.. plans[SessionAction.Quarantine]], cancellationToken);
        var claimed = await ClaimAsync(
            [.. plans[SessionAction.Remove], .. claimedFirst.Select(static verdict => SessionPlan.Look(verdict))], cancellationToken);
        await LookAsync(claimed, cancellationToken);
        await new SessionClearing(run, table, bucket, _inspector).ClearAsync(claimed, cancellationToken);

        // A session that has lost its object or upload is finished even if the run has to stop: these are few calls.
        await RemoveAsync(claimed.FindAll(static session => session.State == ClearedState.Clear));
        await ReviewAsync(claimed.FindAll(static session => session.State == ClearedState.Completed));
        await ReleaseAsync(claimed.FindAll(static session => session.State is ClearedState.Changed or ClearedState.Unknown));
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<List<ClaimedSession>> ClaimAsync(List<SessionPlan> plans, CancellationToken cancellationToken)
    {
        // Each claim is followed by a removal at least: a limit should stop a batch before it begins, not in its middle.
        run.Context.Changes.EnsureWithinLimit(plans.Count * 2L, bytes: 0, items: plans.Count);
        List<ClaimedSession> sessions =
        [
            .. plans.Select(plan => new ClaimedSession(
                plan, _writer.Claim(plan.Session), $"{run.DescribeSession(plan.Session.Id)}#claim")),
        ];
        var claims = await run.ApplyEachAsync(sessions, static session => session.Claiming, _writer.ClaimAsync, cancellationToken);
        return [.. from claim in claims where claim.Outcome.IsDone select claim.Item];
    }

    /// <summary>Looks at the uploads of sessions that were claimed first, and decides what becomes of them.</summary>
    private async Task LookAsync(List<ClaimedSession> claimed, CancellationToken cancellationToken)
    {
        var sessions = claimed.FindAll(static session => session.Plan.Action == SessionAction.Look);
        var lookedAt = run.TimeProvider.GetTimestamp();
        IReadOnlyList<SessionPlan?> plans;
        try
        {
            plans = await _inspector.InspectAsync(
                [.. sessions.Select(static session => session.Plan.ToVerdict())], cancellationToken);
        }
        catch when (!run.IsStopping)
        {
            // What ends the run says nothing about the sessions: they stay as they were.
            claimed.ForEach(static session => session.State = ClearedState.Unknown);
            await ReleaseAsync(claimed);
            throw;
        }

        foreach (var (session, plan) in sessions.Zip(plans))
        {
            session.LookedAt = lookedAt;
            session.Plan = plan ?? session.Plan;
            session.State = plan?.Action switch
            {
                SessionAction.Remove => ClearedState.Clear,
                SessionAction.Review => ClearedState.Completed,
                _ => ClearedState.Unknown,
            };
        }
    }

    private async Task RemoveAsync(List<ClaimedSession> sessions)
    {
        var removals = await run.ApplyEachAsync(
            sessions,
            session => session.Plan.ToFollowUp(
                "dynamodb:DeleteItem", run.DescribeSession(session.Session.Id), CleanupCounts.SessionsCleaned),
            async (admitted, token) => await ReportLossesAsync(
                admitted, await _writer.RemoveAsync(admitted, token), token),
            CancellationToken.None);
        foreach (var (session, outcome) in removals)
        {
            if (outcome.IsDone)
            {
                run.MarkRemoved(session.Session.Id);
            }
            else
            {
                session.State = ClearedState.Changed;
            }
        }
    }

    /// <summary>
    /// A session that changed after its object or upload was deleted belongs to somebody who has lost something: an error. A session that
    /// another run has taken over or removed does not.
    /// </summary>
    private async Task<IReadOnlyList<ChangeOutcome>> ReportLossesAsync(
        IReadOnlyList<ClaimedSession> sessions, IReadOnlyList<ChangeOutcome> outcomes, CancellationToken cancellationToken)
    {
        var suspects = sessions.Zip(outcomes)
            .Where(static pair => pair.Second.Kind == ChangeOutcomeKind.Skipped && pair.First.Destroyed is not null)
            .Select(static pair => pair.First).ToHashSet();
        var now = await table.ReadAsync(suspects.Select(static session => session.Session.Id), cancellationToken);
        return [.. sessions.Zip(outcomes, (session, outcome) =>
            suspects.Contains(session) && now.GetValueOrDefault(session.Session.Id) is { } current && current.State != session.Session.State
                ? DescribeLoss(session, current, outcome)
                : outcome)];
    }

    private static ChangeOutcome DescribeLoss(ClaimedSession session, UploadSession current, ChangeOutcome removal)
    {
        var loss = ChangeOutcome.Failed(
            $"the session has changed ({current.Seen}), but this run had just deleted {session.Destroyed}. The session stays. Restore what "
                + "was deleted, or have it uploaded again; let the application change sessions only while they have no cleanupClaim.");
        return removal.MayHaveBeenMade ? loss.AfterLostAnswer() : loss;
    }

    private async Task ReviewAsync(List<ClaimedSession> sessions)
    {
        var marks = await MarkPartialAsync(
            [.. sessions.Select(static session => session.Plan with
            {
                Session = session.Session,
                Reason = session.Plan.Action == SessionAction.Review
                    ? session.Plan.Reason
                    : $"{session.Plan.Reason}, but the upload has gone on since",
            })],
            CancellationToken.None,
            isFollowUp: true);
        foreach (var (session, mark) in sessions.Zip(marks))
        {
            session.State = mark.Outcome.IsDone ? session.State : ClearedState.Changed;
        }
    }

    private Task<IReadOnlyList<(SessionPlan Item, ChangeOutcome Outcome)>> MarkPartialAsync(
        List<SessionPlan> plans, CancellationToken cancellationToken, bool isFollowUp = false) => run.ApplyEachAsync(
        plans,
        plan => plan.ToChange(
            "dynamodb:UpdateItem", $"{run.DescribeSession(plan.Session.Id)}#partial", CleanupCounts.SessionsMarkedPartial)
            with { IsFollowUp = isFollowUp },
        _writer.MarkPartialAsync,
        cancellationToken);

    private async Task ReleaseAsync(List<ClaimedSession> sessions) => await run.ApplyEachAsync(
        sessions,
        session => new Change("dynamodb:UpdateItem", $"{run.DescribeSession(session.Session.Id)}#release")
        {
            Reason = session.State == ClearedState.Unknown
                ? "its upload could not be looked at"
                : "the session has changed since it was claimed",
            Evidence = session.Session.Seen,
            Undoes = session.Claiming,
            IsFollowUp = true,
        },
        (admitted, token) => _writer.ReleaseAsync([.. admitted.Select(static session => session.Session)], token),
        CancellationToken.None);

    private async Task ReleaseDeadClaimsAsync(List<SessionPlan> plans, CancellationToken cancellationToken) => await run.ApplyEachAsync(
        plans,
        plan => new Change("dynamodb:UpdateItem", $"{run.DescribeSession(plan.Session.Id)}#release")
        {
            Reason = $"{plan.Reason}; it stays, and the run that had claimed it has died",
            Evidence = plan.Session.Seen,
        },
        (admitted, token) => _writer.ReleaseAsync([.. admitted.Select(static plan => plan.Session)], token),
        cancellationToken);
}
