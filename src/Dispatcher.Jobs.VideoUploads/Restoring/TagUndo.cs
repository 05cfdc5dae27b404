using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Dispatcher.Jobs.VideoUploads.Restoring;

/// <summary>Takes back a quarantine: the tag is removed from an object that was not written since. Its other tags stay.</summary>
internal sealed class TagUndo(RestoreRun run, IAmazonS3 s3, ObjectReader reader)
{
    public async Task<RestoreStep?> InspectAsync(MadeChange made, CancellationToken cancellationToken)
    {
        if (ChangeTarget.Read(made.Target) is not { } target || SeenObject.Read(made.Evidence) is not { } tagged)
        {
            return run.Refuse(made, "the audit trail does not hold which object it was.");
        }

        if (await reader.FindAsync(target, cancellationToken) is not { } found)
        {
            return run.Refuse(made, "the object is gone.");
        }

        if (!tagged.Is(found.ETag, found.LastModified))
        {
            return run.Refuse(made, "the object was written since, which has ended its quarantine.");
        }

        var tags = await ReadTagsAsync(target, cancellationToken);
        if (Quarantine(tags) is not { } quarantine)
        {
            return run.Already();
        }

        return made.Undo is { } undo && undo != Written(quarantine.Value)
            ? run.Refuse(made, $"another run has put the object into quarantine since, until {quarantine.Value}.")
            : new RestoreStep(
                new Change("s3:PutObjectTagging", made.Target)
                {
                    Reason = $"takes the object out of quarantine (tag {quarantine.Key})",
                    Evidence = $"{made.Evidence} {Written(quarantine.Value)}",
                    Counter = RestoreCounts.TagsRemoved,
                },
                token => RemoveTagAsync(target, quarantine.Value, token));
    }

    /// <summary>Gets what the audit trail of a quarantine holds.</summary>
    public static string Written(string value) => $"{VideoUploadCleanupParameters.QuarantineTag}={value}";

    private static Tag? Quarantine(IEnumerable<Tag> tags) =>
        tags.FirstOrDefault(static tag => tag.Key == VideoUploadCleanupParameters.QuarantineTag);

    /// <summary>Reads the tags again right before they are written: S3 has no condition for that.</summary>
    private async Task<ChangeOutcome> RemoveTagAsync(ChangeTarget target, string value, CancellationToken cancellationToken)
    {
        var tags = await ReadTagsAsync(target, cancellationToken);
        if (Quarantine(tags)?.Value != value)
        {
            return ChangeOutcome.Skipped("the tags have changed meanwhile");
        }

        List<Tag> others = [.. tags.Where(static tag => tag.Key != VideoUploadCleanupParameters.QuarantineTag)];
        await run.Calls.RunAsync<AmazonWebServiceResponse>(
            async () => others.Count > 0
                ? await s3.PutObjectTaggingAsync(
                    new PutObjectTaggingRequest
                    {
                        BucketName = target.Container, Key = target.Name, Tagging = new Tagging { TagSet = others },
                    },
                    cancellationToken)
                : await s3.DeleteObjectTaggingAsync(
                    new DeleteObjectTaggingRequest { BucketName = target.Container, Key = target.Name }, cancellationToken),
            cancellationToken);
        return ChangeOutcome.Applied;
    }

    private async Task<IReadOnlyList<Tag>> ReadTagsAsync(ChangeTarget target, CancellationToken cancellationToken)
    {
        var request = new GetObjectTaggingRequest { BucketName = target.Container, Key = target.Name };
        return (await run.Calls.RunAsync(() => s3.GetObjectTaggingAsync(request, cancellationToken), cancellationToken)).Tagging ?? [];
    }
}
