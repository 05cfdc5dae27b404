using Dispatcher.Jobs.VideoUploads.Objects;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>
/// The quarantine of expired sessions: each is marked with the time and its present state, and its object is tagged. Removes nothing.
/// </summary>
internal sealed class SessionQuarantine(CleanupContext run, SessionTable table, SessionWriter writer, UploadBucket bucket)
{
    private readonly TagReader _tags = new(run, bucket);
    private readonly BucketWriter _bucketWriter = new(run, bucket);

    public async Task BeginAsync(List<SessionPlan> plans, CancellationToken cancellationToken)
    {
        var marked = await run.ApplyEachAsync(
            plans,
            plan => plan.ToChange(
                "dynamodb:UpdateItem", $"{run.DescribeSession(plan.Session.Id)}#quarantine", CleanupCounts.SessionsQuarantined),
            writer.QuarantineAsync,
            cancellationToken);
        List<SessionPlan> withObject = [.. from mark in marked where mark.Outcome.IsDone && mark.Item.Object is not null select mark.Item];
        await run.ApplyEachAsync(
            withObject,
            plan => plan.ToFollowUp("s3:PutObjectTagging", run.DescribeObject(plan.Object!.Key), CleanupCounts.ObjectsQuarantined)
                with { Evidence = $"{plan.Object.Seen} {plan.Session.Seen}" },
            TagAsync,
            cancellationToken);
    }

    private async Task<IReadOnlyList<ChangeOutcome>> TagAsync(IReadOnlyList<SessionPlan> plans, CancellationToken cancellationToken)
    {
        var pending = new PendingChanges<SessionPlan>(run, plans);
        var sessions = await table.ReadAsync(plans.Select(static plan => plan.Session.Id), cancellationToken);
        pending.Check(plan => sessions.GetValueOrDefault(plan.Session.Id)?.State == plan.Session.State
            ? null
            : ChangeOutcome.Skipped("the session changed meanwhile"));
        await pending.ApplyAsync(plan => TagAsync(plan.Object!, cancellationToken), cancellationToken);
        return pending.Outcomes;
    }

    private async Task<ChangeOutcome> TagAsync(StoredObject item, CancellationToken cancellationToken)
    {
        var tagged = await _tags.ReadAsync(item, cancellationToken);
        return tagged.Verdict switch
        {
            TagVerdict.Untagged => await _bucketWriter.QuarantineAsync(item.Key, tagged.Tags, cancellationToken),
            TagVerdict.Gone => ChangeOutcome.Skipped("the object is gone already"),
            TagVerdict.Finished => ChangeOutcome.Skipped("the object was tagged as finished meanwhile"),
            _ => ChangeOutcome.Skipped("the object was put into quarantine meanwhile"),
        };
    }
}
