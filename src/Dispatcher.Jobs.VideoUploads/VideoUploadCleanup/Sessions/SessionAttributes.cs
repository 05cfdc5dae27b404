namespace Dispatcher.Jobs.VideoUploads.VideoUploadCleanup.Sessions;

/// <summary>Names the attributes of a session: the application's, and those that this job adds.</summary>
internal static class SessionAttributes
{
    public const string Id = "uploadSessionId";
    public const string Status = "status";
    public const string Type = "uploadType";
    public const string Key = "key";
    public const string Ttl = "ttl";
    public const string UploadId = "s3UploadId";

    /// <summary>The run that works on the session.</summary>
    public const string Claim = "cleanupClaim";

    /// <summary>When it began to, in epoch seconds.</summary>
    public const string ClaimedAt = "cleanupClaimedAt";

    /// <summary>When the job marked the session partial, in epoch seconds.</summary>
    public const string MarkedAt = "cleanupMarkedAt";

    /// <summary>Why, for the person who reviews it.</summary>
    public const string Note = "cleanupNote";
}
