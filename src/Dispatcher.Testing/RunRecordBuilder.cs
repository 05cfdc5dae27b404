namespace Dispatcher.Testing;

/// <summary>
/// A builder of run records for tests. A test changes what matters to it: <c>RunRecordBuilder.Create("rotate-logs") with { Attempts = 3 }</c>.
/// </summary>
public static class RunRecordBuilder
{
    /// <summary>Creates the record of a run that ended well after one second and changed nothing.</summary>
    /// <param name="job">The name of the job.</param>
    /// <param name="startedAt">The start of the run; by default 2026-11-22T03:00:00Z. The id of the run is made from it.</param>
    /// <param name="status">The status; <see cref="JobStatus.Planned"/> makes it a dry run.</param>
    /// <returns>The record.</returns>
    public static RunRecord Create(string job = "sample-job", DateTimeOffset? startedAt = null, JobStatus status = JobStatus.Succeeded)
    {
        var start = startedAt ?? new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);
        return new RunRecord
        {
            Job = job,
            RunId = Guid.CreateVersion7(start).ToString(),
            Status = status,
            DryRun = status == JobStatus.Planned,
            Summary = "Done.",
            StartedAt = start,
            DurationMs = 1_000,
            Attempts = 1,
            Counts = new Dictionary<string, long>(),
            Changes = new ChangesSummary(0, 0, 0, 0, [], ItemsTruncated: false),
            Errors = [],
        };
    }
}
