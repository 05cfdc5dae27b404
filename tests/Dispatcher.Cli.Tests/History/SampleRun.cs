using Dispatcher.Changes;
using Dispatcher.Telemetry;

namespace Dispatcher.Cli.Tests.History;

/// <summary>Makes the record of a run.</summary>
internal static class SampleRun
{
    public static JobRunSummary Create(
        string job = "daily-uptime", JobStatus status = JobStatus.Succeeded, string summary = "Done.", DateTimeOffset? startedAt = null)
    {
        var start = startedAt ?? new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);
        return new JobRunSummary(
            job,
            Guid.CreateVersion7(start).ToString(),
            status,
            DryRun: status == JobStatus.Planned,
            summary,
            start,
            DurationMs: 61_000,
            Attempts: 1,
            new Dictionary<string, long> { ["cleaned"] = 3 },
            new ChangesSummary(3, 3, 0, 4_200_000, [new ChangeItem("s3:DeleteObject", "s3://media/a.mp4", "expired")], true)
            {
                ByAction = new Dictionary<string, long> { ["s3:DeleteObject"] = 3 },
            },
            [new ItemError("s3://media/b.mp4", "AccessDenied")])
        {
            ItemErrorCount = 250,
        };
    }
}
