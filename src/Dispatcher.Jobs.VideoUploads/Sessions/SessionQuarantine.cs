using Dispatcher.Changes;
using Dispatcher.Jobs.VideoUploads.Objects;

namespace Dispatcher.Jobs.VideoUploads.Sessions;

/// <summary>
/// Puts expired sessions into quarantine: marks each with the time and with what it is now, and tags its object. Removes nothing.
/// </summary>
internal sealed class SessionQuarantine(CleanupContext run, SessionTable table, SessionWriter writer, UploadBucket bucket)
{
    private readonly TagReader _tags = new(run, bucket);
    private readonly BucketWriter _bucketWriter = new(run, bucket);

    public async Task BeginAsync(List<SessionPlan> plans, CancellationToken cancellationToken)
    {
        var outcomes = await run.Context.Changes.TryApplyEachAsync(
            [.. plans.Select(plan => plan.ToChange(
                "dynamodb:UpdateItem", $"{run.DescribeSession(plan.Session.Id)}#quarantine", CleanupCounts.SessionsQuarantined))],
            (_, token) => writer.QuarantineAsync([.. plans.Select(static plan => plan.Session)], token),
            cancellationToken);
        await TagAsync([.. plans.Where((plan, index) => outcomes[index].IsDone && plan.Object is not null)], cancellationToken);
    }

    private async Task TagAsync(List<SessionPlan> plans, CancellationToken cancellationToken) =>
        await run.Context.Changes.TryApplyEachAsync(
            [.. plans.Select(plan => plan.ToChange("s3:PutObjectTagging", run.DescribeObject(plan.Object!.Key), CleanupCounts.ObjectsQuarantined)
                with
                {
                    Evidence = $"{plan.Object.Seen} {plan.Session.Seen}",
                })],
            async (_, token) =>
            {
                var pending = new PendingChanges<SessionPlan>(plans);
                var sessions = await table.ReadAsync(plans.Select(static plan => plan.Session.Id), token);
                pending.TakeOut(plan => sessions.GetValueOrDefault(plan.Session.Id)?.State == plan.Session.State
                    ? null
                    : ChangeOutcome.Skipped("the session changed meanwhile"));
                await pending.TakeOutAsync(run.Calls, plan => TagAsync(plan.Object!, token), token);
                return pending.Outcomes;
            },
            cancellationToken);

    private async Task<ChangeOutcome?> TagAsync(StoredObject item, CancellationToken cancellationToken) =>
        await run.OutcomeOfAsync(
            run.DescribeObject(item.Key),
            async () =>
            {
                var tagged = await _tags.ReadAsync(item, cancellationToken);
                return tagged.Verdict switch
                {
                    TagVerdict.Untagged => await _bucketWriter.QuarantineAsync(item.Key, tagged.Tags, cancellationToken),
                    TagVerdict.Gone => ChangeOutcome.Skipped("the object is gone already"),
                    TagVerdict.Finished => ChangeOutcome.Skipped("the object was tagged as finished meanwhile"),
                    _ => ChangeOutcome.Skipped("the object was put into quarantine meanwhile"),
                };
            },
            cancellationToken);
}
