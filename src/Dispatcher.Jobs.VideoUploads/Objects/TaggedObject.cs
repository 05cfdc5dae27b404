using Amazon.S3.Model;

namespace Dispatcher.Jobs.VideoUploads.Objects;

/// <summary>An object's tags and what they say.</summary>
/// <param name="Verdict">What they say.</param>
/// <param name="Tags">The tags.</param>
internal sealed record TaggedObject(TagVerdict Verdict, IReadOnlyList<Tag> Tags)
{
    /// <summary>Gets the value of the quarantine tag, if there is one.</summary>
    public string? QuarantineValue =>
        Tags.FirstOrDefault(static tag => tag.Key == VideoUploadCleanupParameters.QuarantineTag)?.Value;

    /// <summary>Gets what is wrong with the quarantine tag.</summary>
    public string Defect =>
        $"The tag {VideoUploadCleanupParameters.QuarantineTag} is '{QuarantineValue}', which is not a time such as 2026-11-29T03:00:00Z. "
        + "The object is left alone; repair or remove the tag.";
}
