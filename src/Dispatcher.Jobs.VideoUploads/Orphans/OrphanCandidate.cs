using Dispatcher.Jobs.VideoUploads.Objects;

namespace Dispatcher.Jobs.VideoUploads.Orphans;

/// <summary>An object that may be an orphan.</summary>
/// <param name="Session">The session that its key names.</param>
/// <param name="Object">The object as it was listed.</param>
/// <param name="Tags">What its tags say; untagged unless they were read.</param>
internal sealed record OrphanCandidate(string Session, StoredObject Object, TagVerdict Tags = TagVerdict.Untagged)
{
    /// <summary>Gets a value indicating whether the rules of the run select it.</summary>
    public bool IsSelected { get; init; }
}
