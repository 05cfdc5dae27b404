namespace Dispatcher.Jobs.VideoUploads;

/// <summary>The names of the counts of a run. A dry run and the run that follows it count alike.</summary>
public static class CleanupCounts
{
    /// <summary>Sessions that the table holds.</summary>
    public const string SessionsScanned = "sessionsScanned";

    /// <summary>Sessions that are finished or still under way.</summary>
    public const string SessionsKept = "sessionsKept";

    /// <summary>Expired sessions whose quarantine is not over.</summary>
    public const string SessionsInQuarantine = "sessionsInQuarantine";

    /// <summary>Expired sessions that were put into quarantine.</summary>
    public const string SessionsQuarantined = "sessionsQuarantined";

    /// <summary>Partial sessions that stay for review.</summary>
    public const string SessionsInReview = "sessionsInReview";

    /// <summary>Sessions that are due but that <c>include</c> and <c>exclude</c> leave alone.</summary>
    public const string SessionsNotSelected = "sessionsNotSelected";

    /// <summary>Sessions left to another run that is working on them.</summary>
    public const string SessionsLeftToOtherRun = "sessionsLeftToOtherRun";

    /// <summary>Expired sessions claimed for removal.</summary>
    public const string SessionsClaimed = "sessionsClaimed";

    /// <summary>Sessions removed.</summary>
    public const string SessionsCleaned = "sessionsCleaned";

    /// <summary>Sessions marked partial, for review.</summary>
    public const string SessionsMarkedPartial = "sessionsMarkedPartial";

    /// <summary>Uploads that are complete in S3 though their session does not say so; kept.</summary>
    public const string CompletedUploadsFound = "completedUploadsFound";

    /// <summary>Multipart uploads of sessions that were aborted.</summary>
    public const string MultipartUploadsAborted = "multipartUploadsAborted";

    /// <summary>Multipart uploads without a session that were aborted.</summary>
    public const string StrayUploadsAborted = "strayUploadsAborted";

    /// <summary>Objects of expired sessions that were deleted.</summary>
    public const string ObjectsDeleted = "objectsDeleted";

    /// <summary>Objects of expired sessions that were put into quarantine.</summary>
    public const string ObjectsQuarantined = "objectsQuarantined";

    /// <summary>Keys under the prefix that are an upload's.</summary>
    public const string ObjectsChecked = "objectsChecked";

    /// <summary>Keys under the prefix that do not belong to an upload; kept.</summary>
    public const string ObjectsUnrecognized = "objectsUnrecognized";

    /// <summary>Old objects that <c>include</c> and <c>exclude</c> would leave alone if they had no session; not looked up.</summary>
    public const string ObjectsNotSelected = "objectsNotSelected";

    /// <summary>Old multipart uploads that <c>include</c> and <c>exclude</c> would leave alone if they had no session.</summary>
    public const string UploadsNotSelected = "uploadsNotSelected";

    /// <summary>Objects old enough that have no session.</summary>
    public const string OrphanedObjectsFound = "orphanedObjectsFound";

    /// <summary>The size of the orphaned objects found, in bytes.</summary>
    public const string OrphanedBytesFound = "orphanedBytesFound";

    /// <summary>Orphaned objects that were deleted.</summary>
    public const string OrphanedObjectsDeleted = "orphanedObjectsDeleted";

    /// <summary>Orphaned objects that were put into quarantine.</summary>
    public const string OrphanedObjectsQuarantined = "orphanedObjectsQuarantined";

    /// <summary>Orphaned objects whose quarantine is not over.</summary>
    public const string OrphanedObjectsInQuarantine = "orphanedObjectsInQuarantine";

    /// <summary>Objects without a session that bear the tag of finished uploads; kept.</summary>
    public const string FinishedObjectsKept = "finishedObjectsKept";

    /// <summary>Items that failed, all of them.</summary>
    public const string ItemErrors = "itemErrors";

    /// <summary>Gets every count, in the order of the documentation.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        SessionsScanned, SessionsKept, SessionsInReview, SessionsInQuarantine, SessionsNotSelected, SessionsLeftToOtherRun,
        SessionsClaimed, SessionsCleaned, SessionsMarkedPartial, SessionsQuarantined, CompletedUploadsFound, MultipartUploadsAborted,
        StrayUploadsAborted, ObjectsDeleted, ObjectsQuarantined, ObjectsChecked, ObjectsUnrecognized, ObjectsNotSelected,
        UploadsNotSelected, OrphanedObjectsFound, OrphanedBytesFound, OrphanedObjectsDeleted, OrphanedObjectsQuarantined,
        OrphanedObjectsInQuarantine, FinishedObjectsKept, ItemErrors,
    ];
}
