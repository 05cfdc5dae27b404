namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Objects;

/// <summary>Is an object as it was seen. Its ETag is the condition under which it may be deleted.</summary>
internal sealed record StoredObject(string Key, string ETag, long Size, DateTimeOffset LastModified);
