using Dispatcher.Changes;
using Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Objects;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Sessions;

/// <summary>
/// Cleans a batch of sessions that are due: looks, claims, clears the bucket, removes the sessions. Each step is conditional on the one
/// before, so that a crash between any two leaves a state that the next run finishes.
/// </summary>
internal sealed class SessionCleaner(CleanupRun run, SessionTable table, UploadBucket bucket)
{
    private readonly SessionInspector _inspector = new(run, bucket);

    private IChangeGate Gate => run.Context.Changes;

    public async Task CleanAsync(IReadOnlyList<SessionVerdict> due, CancellationToken cancellationToken)
    {
        var inspected = await run.Calls.ForEachAsync(
            due,
            verdict => run.TryAsync(
                run.DescribeSession(verdict.Session.Id), () => _inspector.InspectAsync(verdict, cancellationToken), cancellationToken),
            cancellationToken);
        var plans = inspected.OfType<SessionPlan>().ToLookup(static plan => plan.Action);

        run.Context.Counters.Add(CleanupCounts.SessionsKept, plans[SessionAction.Keep].Count());
        await MarkPartialAsync([.. plans[SessionAction.Review]], claimed: false, cancellationToken);
        var claimed = await ClaimAsync([.. plans[SessionAction.Remove]], cancellationToken);
        var cleared = await ClearAsync(claimed, cancellationToken);

        // What has lost its object or upload is finished even when the run has to stop: these are two calls.
        await RemoveAsync(Select(claimed, cleared, ClearedState.Clear), CancellationToken.None);
        await MarkPartialAsync(Select(claimed, cleared, ClearedState.Completed), claimed: true, CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static List<SessionPlan> Select(List<SessionPlan> plans, ClearedState[] states, ClearedState state) =>
        [.. plans.Where((_, index) => states[index] == state)];

    private async Task MarkPartialAsync(List<SessionPlan> plans, bool claimed, CancellationToken cancellationToken) =>
        await Gate.ApplyBatchAsync(
            [.. plans.Select(plan => plan.ToChange(
                "dynamodb:UpdateItem", $"{run.DescribeSession(plan.Session.Id)}#partial", CleanupCounts.SessionsMarkedPartial))],
            (_, token) => table.MarkPartialAsync([.. plans.Select(static plan => (plan.Session, plan.Reason))], claimed, token),
            cancellationToken);

    private async Task<List<SessionPlan>> ClaimAsync(List<SessionPlan> plans, CancellationToken cancellationToken)
    {
        // Each claim is followed by a removal at least: a limit should stop a batch before it begins, not in its middle.
        Gate.EnsureWithinLimit(plans.Count * 2L);
        var outcomes = await Gate.ApplyBatchAsync(
            [.. plans.Select(plan => plan.ToChange(
                "dynamodb:UpdateItem", $"{run.DescribeSession(plan.Session.Id)}#claim", CleanupCounts.SessionsClaimed))],
            (_, token) => table.ClaimAsync([.. plans.Select(static plan => plan.Session)], token),
            cancellationToken);
        return [.. plans.Where((_, index) => outcomes[index].IsDone)];
    }

    private async Task RemoveAsync(List<SessionPlan> plans, CancellationToken cancellationToken)
    {
        var outcomes = await Gate.ApplyBatchAsync(
            [.. plans.Select(plan => plan.ToChange(
                "dynamodb:DeleteItem", run.DescribeSession(plan.Session.Id), CleanupCounts.SessionsCleaned))],
            (_, token) => table.RemoveAsync([.. plans.Select(static plan => plan.Session)], token),
            cancellationToken);
        for (var index = 0; index < plans.Count; index++)
        {
            if (outcomes[index].IsDone)
            {
                run.MarkRemoved(Guid.ParseExact(plans[index].Session.Id, "D"));
            }
        }
    }

    /// <summary>Clears the bucket of what the sessions left there. Stops at an item boundary.</summary>
    private async Task<ClearedState[]> ClearAsync(List<SessionPlan> plans, CancellationToken cancellationToken)
    {
        var objects = new StoredObject?[plans.Count];
        var states = await run.Calls.ForEachAsync(
            [.. Enumerable.Range(0, plans.Count)],
            index => cancellationToken.IsCancellationRequested
                ? Task.FromResult(ClearedState.Left)
                : run.TryAsync(
                    run.DescribeObject(plans[index].Session.Key!), () => ClearAsync(plans[index], found => objects[index] = found), cancellationToken),
            CancellationToken.None);

        await DeleteObjectsAsync(plans, objects, states);
        return states;
    }

    private async Task<ClearedState> ClearAsync(SessionPlan plan, Action<StoredObject?> found)
    {
        var session = plan.Session;
        if (plan.DeletesObject)
        {
            found(await bucket.FindObjectAsync(session.Key!, CancellationToken.None));
            return ClearedState.Clear;
        }

        if (!plan.AbortsUpload)
        {
            return ClearedState.Clear;
        }

        var outcome = await Gate.ApplyAsync(
            plan.ToChange("s3:AbortMultipartUpload", run.DescribeObject(session.Key!), CleanupCounts.MultipartUploadsAborted),
            token => bucket.AbortUploadAsync(session.Key!, session.UploadId!, token),
            CancellationToken.None);
        return await SettleAsync(plan, outcome);
    }

    private async Task DeleteObjectsAsync(List<SessionPlan> plans, StoredObject?[] objects, ClearedState[] states)
    {
        List<int> present = [.. Enumerable.Range(0, plans.Count).Where(index => objects[index] is not null)];
        var outcomes = await Gate.ApplyBatchAsync(
            [.. present.Select(index =>
                plans[index].ToChange("s3:DeleteObject", run.DescribeObject(objects[index]!.Key), CleanupCounts.ObjectsDeleted)
                    with
                    {
                        Bytes = run.BytesFreed(objects[index]!.Size),
                        Evidence = $"{objects[index]!.Seen} {plans[index].Session.Seen}",
                    })],
            (_, token) => bucket.DeleteAsync([.. present.Select(index => objects[index]!)], token),
            CancellationToken.None);
        for (var position = 0; position < present.Count; position++)
        {
            states[present[position]] = await SettleAsync(plans[present[position]], outcomes[position]);
        }
    }

    /// <summary>
    /// A change that was skipped was overtaken: by an application that has just completed the upload, or by another run that has cleared
    /// it away. What is at the key now says which.
    /// </summary>
    private async Task<ClearedState> SettleAsync(SessionPlan plan, ChangeOutcome outcome)
    {
        if (outcome.IsDone)
        {
            return ClearedState.Clear;
        }

        if (outcome.Kind == ChangeOutcomeKind.Failed)
        {
            return ClearedState.Left;
        }

        if (await bucket.FindObjectAsync(plan.Session.Key!, CancellationToken.None) is null)
        {
            return ClearedState.Clear;
        }

        _inspector.ReportCompleted(plan.Session);
        return ClearedState.Completed;
    }
}
