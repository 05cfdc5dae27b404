namespace Dispatcher.Diagnostics;

/// <summary>The names of statuses in telemetry, as on the wire.</summary>
internal static class StatusNames
{
    public static string Of(JobStatus status) => status switch
    {
        JobStatus.Succeeded => "succeeded",
        JobStatus.Partial => "partial",
        JobStatus.Planned => "planned",
        JobStatus.Skipped => "skipped",
        JobStatus.Continued => "continued",
        JobStatus.Cancelled => "cancelled",
        _ => "failed",
    };
}
