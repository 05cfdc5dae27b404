using Microsoft.Extensions.Logging;

namespace Dispatcher.Jobs.VideoUploads;

/// <summary>The messages that the job logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Orphaned object {Object}, {Bytes} bytes, last modified {LastModified:O}: no session.")]
    public static partial void Orphan(ILogger logger, string @object, long bytes, DateTimeOffset lastModified);

    [LoggerMessage(2, LogLevel.Information, "More orphaned objects are counted, but not logged.")]
    public static partial void MoreOrphans(ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "{Object} is complete, though its session {Session} does not say so. Both are kept; "
        + "set the session's status.")]
    public static partial void CompletedUpload(ILogger logger, string @object, string session);

    [LoggerMessage(4, LogLevel.Warning, "{Pass} failed; the other passes go on. {Error}")]
    public static partial void PassFailed(ILogger logger, string pass, string error);

    [LoggerMessage(5, LogLevel.Information, "No freed bytes are counted: whether the bucket is versioned could not be read. {Error}")]
    public static partial void VersioningUnknown(ILogger logger, string error);

    [LoggerMessage(6, LogLevel.Information, "{Count} sessions are claimed by another run. "
        + "Waiting until {Until:O} to see whether it finishes them.")]
    public static partial void WaitingForClaims(ILogger logger, int count, DateTimeOffset until);
}
