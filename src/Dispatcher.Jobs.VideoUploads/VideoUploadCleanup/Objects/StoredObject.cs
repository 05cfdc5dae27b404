using System.Globalization;

namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Objects;

/// <summary>Is an object as it was seen. Its ETag is the condition under which it may be deleted.</summary>
internal sealed record StoredObject(string Key, string ETag, long Size, DateTimeOffset LastModified)
{
    /// <summary>Gets what was seen of the object, for the audit trail.</summary>
    public string Seen =>
        string.Create(CultureInfo.InvariantCulture, $"etag={ETag.Trim('"')} size={Size} lastModified={LastModified.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
}
