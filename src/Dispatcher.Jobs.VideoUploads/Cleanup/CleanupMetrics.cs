namespace Dispatcher.Jobs.VideoUploads.Cleanup;

/// <summary>The job's own metrics.</summary>
internal static class CleanupMetrics
{
    public const string Namespace = "VideoUpload/Cleanup";

    public static IReadOnlyList<JobMetric> All { get; } =
    [
        Count("SessionsCleanedUp", static summary => summary.Count(CleanupCounts.SessionsCleaned)),
        Count("MultipartUploadsAborted", static summary =>
            summary.Count(CleanupCounts.MultipartUploadsAborted) + summary.Count(CleanupCounts.StrayUploadsAborted)),
        Count("OrphanedObjectsDeleted", static summary => summary.Count(CleanupCounts.OrphanedObjectsDeleted)),
        new(Namespace, "CleanupDuration", MetricUnit.Milliseconds, static summary => summary.DurationMs),
        Count("CleanupErrors", static summary =>
            summary.Count(CleanupCounts.ItemErrors) + (summary.Status == JobStatus.Failed ? 1 : 0)),
    ];

    private static JobMetric Count(string name, Func<RunRecord, double> value) => new(Namespace, name, MetricUnit.Count, value);
}
