using System.Globalization;
using Amazon.S3.Model;
using Dispatcher.Changes;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Objects;

/// <summary>Reads and writes the tags of orphaned objects: one keeps a finished object, one holds the end of a quarantine.</summary>
internal sealed class OrphanTags(CleanupRun run, UploadBucket bucket)
{
    private const int MaxTags = 10;

    /// <summary>Reads the tags, and leaves out what they protect or what cannot be read.</summary>
    public async Task<List<Candidate>> ReadAsync(IReadOnlyList<Candidate> orphans, CancellationToken cancellationToken)
    {
        var read = await run.Calls.ForEachAsync(
            orphans,
            orphan => run.TryAsync(run.DescribeObject(orphan.Object.Key), () => ReadAsync(orphan, cancellationToken), cancellationToken),
            cancellationToken);
        return [.. read.OfType<Candidate>()];
    }

    /// <summary>Puts objects into quarantine. Their other tags stay.</summary>
    public async Task<IReadOnlyList<ChangeOutcome>> WriteAsync(IReadOnlyList<Candidate> orphans, CancellationToken cancellationToken)
    {
        var until = run.TimeProvider.GetUtcNow().AddDays(run.Parameters.QuarantineDays);
        var tag = new Tag
        {
            Key = VideoUploadCleanupParameters.QuarantineTag,
            Value = until.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        };
        return await run.Calls.ForEachAsync(orphans, orphan => WriteAsync(orphan, tag, cancellationToken), cancellationToken);
    }

    private async Task<Candidate?> ReadAsync(Candidate orphan, CancellationToken cancellationToken)
    {
        var tags = await bucket.ReadTagsAsync(orphan.Object.Key, cancellationToken);
        if (run.Parameters.FinishedTag is { } finished && tags.Any(tag => tag.Key == finished))
        {
            run.Context.Counters.Add(CleanupCounts.FinishedObjectsKept);
            return null;
        }

        var quarantine = tags.FirstOrDefault(static tag => tag.Key == VideoUploadCleanupParameters.QuarantineTag);
        if (quarantine is null)
        {
            return orphan with { Tags = tags };
        }

        if (DateTimeOffset.TryParse(quarantine.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until))
        {
            return orphan with { Tags = tags, DeleteAfter = until };
        }

        run.Context.Errors.Add(
            run.DescribeObject(orphan.Object.Key),
            $"The tag {quarantine.Key} is '{quarantine.Value}', which is no time such as 2026-11-29T03:00:00Z. The object is left alone; repair the tag.");
        return null;
    }

    private Task<ChangeOutcome> WriteAsync(Candidate orphan, Tag tag, CancellationToken cancellationToken) =>
        orphan.Tags.Count >= MaxTags
            ? Task.FromResult(ChangeOutcome.Failed($"The object has {orphan.Tags.Count} tags, and S3 allows no more. Remove one."))
            : run.OutcomeOfAsync(
                async () =>
                {
                    await bucket.WriteTagsAsync(orphan.Object.Key, [.. orphan.Tags, tag], cancellationToken);
                    return ChangeOutcome.Applied;
                },
                cancellationToken);
}
