using Dispatcher.Testing;

namespace Dispatcher.Reporting.Tests;

/// <summary>Makes one run, of which a test says only what matters to it.</summary>
internal static class SampleRun
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 6, 30, 0, TimeSpan.Zero);

    public static RunRecord Create(
        string job = "daily-uptime",
        JobStatus status = JobStatus.Succeeded,
        DateTimeOffset? startedAt = null,
        long durationMs = 1000,
        bool dryRun = false,
        long bytes = 0,
        long applied = 0,
        int itemErrors = 0,
        int? memory = 512,
        string summary = "Done.",
        string? runId = null,
        int attempts = 1)
    {
        var began = startedAt ?? Now.AddHours(-1);
        return RunRecordBuilder.Create(job, began, status) with
        {
            RunId = runId ?? $"{began:yyyyMMdd'T'HHmmss}-{job.Length:x4}{durationMs % 4096:x4}",
            DryRun = dryRun,
            Summary = summary,
            DurationMs = durationMs,
            Attempts = attempts,
            Changes = new ChangesSummary(applied, applied, 0, bytes, [], false),
            ItemErrorCount = itemErrors,
            MemoryMegabytes = memory,
        };
    }
}
