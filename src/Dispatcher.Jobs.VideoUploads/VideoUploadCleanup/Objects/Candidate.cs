using Amazon.S3.Model;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Objects;

/// <summary>Is an object that may be an orphan.</summary>
/// <param name="Session">The session that its key names.</param>
/// <param name="Object">The object as it was listed.</param>
internal sealed record Candidate(Guid Session, StoredObject Object)
{
    /// <summary>Gets the object's tags, where they were read.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>Gets the end of its quarantine, where it is in one.</summary>
    public DateTimeOffset? DeleteAfter { get; init; }
}
