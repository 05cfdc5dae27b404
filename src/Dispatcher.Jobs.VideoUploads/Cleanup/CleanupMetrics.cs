namespace Dispatcher.Jobs.VideoUploads.Cleanup;

/// <summary>The job's own metrics.</summary>
internal static class CleanupMetrics
{
    public const string Namespace = "VideoUpload/Cleanup";

    public static IReadOnlyList<JobMetric> All { get; } =
    [
        Count("SessionsCleanedUp", static record => record.Count(CleanupCounts.SessionsCleaned)),
        Count("MultipartUploadsAborted", static record =>
            record.Count(CleanupCounts.MultipartUploadsAborted) + record.Count(CleanupCounts.StrayUploadsAborted)),
        Count("OrphanedObjectsDeleted", static record => record.Count(CleanupCounts.OrphanedObjectsDeleted)),
        new(Namespace, "CleanupDuration", MetricUnit.Milliseconds, static record => record.DurationMs),
        Count("CleanupErrors", static record =>
            record.Count(CleanupCounts.ItemErrors) + (record.Status == JobStatus.Failed ? 1 : 0)),
    ];

    private static JobMetric Count(string name, Func<RunRecord, double> value) => new(Namespace, name, MetricUnit.Count, value);
}
