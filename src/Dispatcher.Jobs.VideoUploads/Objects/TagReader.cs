using System.Globalization;
using Amazon.S3.Model;

namespace Dispatcher.Jobs.VideoUploads.Objects;

/// <summary>A reader of the tags of objects: one keeps a finished object, one holds the end of a quarantine.</summary>
internal sealed class TagReader(CleanupContext run, UploadBucket bucket)
{
    /// <summary>Reads and judges an object's tags.</summary>
    public async Task<TaggedObject> ReadAsync(StoredObject item, CancellationToken cancellationToken) =>
        await bucket.ReadTagsAsync(item.Key, cancellationToken) is { } tags
            ? new TaggedObject(Judge(tags, item), tags)
            : new TaggedObject(TagVerdict.Gone, []);

    private TagVerdict Judge(IReadOnlyList<Tag> tags, StoredObject item)
    {
        if (run.Parameters.FinishedTag is { } finished && tags.Any(tag => tag.Key == finished))
        {
            return TagVerdict.Finished;
        }

        var quarantine = tags.FirstOrDefault(static tag => tag.Key == VideoUploadCleanupParameters.QuarantineTag);
        if (quarantine is null)
        {
            return TagVerdict.Untagged;
        }

        if (!DateTimeOffset.TryParse(
                quarantine.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                    out var until))
        {
            return TagVerdict.Defective;
        }

        // Writing an object takes its tags away, but copying it onto itself may keep them: the time tells.
        if (item.LastModified >= until.AddDays(-run.Parameters.QuarantineDays))
        {
            return TagVerdict.Untagged;
        }

        return until <= run.StartedAt ? TagVerdict.QuarantineOver : TagVerdict.InQuarantine;
    }
}
