using Dispatcher.Testing;

namespace Dispatcher.Tool.Tests.History;

/// <summary>Makes the record of a run.</summary>
internal static class SampleRun
{
    public static RunRecord Create(
        string job = "daily-uptime", JobStatus status = JobStatus.Succeeded, string summary = "Done.", DateTimeOffset? startedAt = null) =>
        RunRecordBuilder.Create(job, startedAt, status) with
        {
            Summary = summary,
            DurationMs = 61_000,
            Counts = new Dictionary<string, long> { ["cleaned"] = 3 },
            Changes = new ChangesSummary(3, 3, 0, 4_200_000, [new ChangeItem("s3:DeleteObject", "s3://media/a.mp4", "expired")], true)
            {
                ByAction = new Dictionary<string, long> { ["s3:DeleteObject"] = 3 },
            },
            Errors = [new ItemError("s3://media/b.mp4", "AccessDenied")],
            ItemErrorCount = 250,
        };
}
