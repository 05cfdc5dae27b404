using System.Globalization;

namespace Dispatcher.Jobs.VideoUploads.Objects;

/// <summary>An object as it was seen. Its ETag is the condition under which it may be deleted.</summary>
internal sealed record StoredObject(string Key, string ETag, long Size, DateTimeOffset LastModified)
{
    /// <summary>Gets the storage class of the object, which determines what its bytes cost.</summary>
    public string StorageClass { get; init; } = "STANDARD";

    /// <summary>Gets what was seen of the object, for the audit trail.</summary>
    public string Seen =>
        string.Create(
            CultureInfo.InvariantCulture,
        $"etag={ETag.Trim('"')} size={Size} lastModified={LastModified.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");

    /// <summary>
    /// Determines whether the object is still the one that was seen. The same bytes written again have the same ETag, but another time; a
    /// HEAD has it in whole seconds, a listing may have it in milliseconds.
    /// </summary>
    /// <returns>Why a change of it is skipped or fails, or <see langword="null"/> if it is still the same.</returns>
    public ChangeOutcome? FindDifference(ObjectLookup now) => now switch
    {
        { Error: { } error } => ChangeOutcome.Failed(error),
        { Object: null } => ChangeOutcome.Skipped("the object is gone already"),
        { Object: { } found } when found.ETag.Trim('"') == ETag.Trim('"')
            && found.LastModified.ToUnixTimeSeconds() == LastModified.ToUnixTimeSeconds() => null,
        _ => ChangeOutcome.Skipped("the object was written meanwhile"),
    };
}
