namespace Dispatcher.Hosting;

/// <summary>A query for runs. A property that is not set does not filter.</summary>
public sealed record RunQuery
{
    /// <summary>Gets the job.</summary>
    /// <value>The default value is <see langword="null"/>: every job.</value>
    public string? Job { get; init; }

    /// <summary>Gets when a run began at the earliest.</summary>
    /// <value>The default value is <see langword="null"/>: as far back as the history goes.</value>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Gets how a run ended.</summary>
    /// <value>The default value is <see langword="null"/>: in any way.</value>
    public JobStatus? Status { get; init; }

    /// <summary>Gets how many of the newest matching runs of each job are wanted.</summary>
    /// <value>The default value is <see langword="null"/>: all of them.</value>
    public int? NewestPerJob { get; init; }

    /// <summary>Determines whether a run matches the query, apart from its place among the runs of its job.</summary>
    /// <param name="job">Its job.</param>
    /// <param name="startedAt">When it began.</param>
    /// <param name="status">How it ended.</param>
    /// <returns>Whether it is.</returns>
    public bool Includes(string job, DateTimeOffset startedAt, JobStatus status) =>
        (Job is null || Job == job) && (Since is null || Since <= startedAt) && (Status is null || Status == status);
}
