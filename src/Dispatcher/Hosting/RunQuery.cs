namespace Dispatcher.Hosting;

/// <summary>Says which runs are asked for. What is left out does not narrow.</summary>
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

    /// <summary>Says whether a run is asked for.</summary>
    /// <param name="job">Its job.</param>
    /// <param name="startedAt">When it began.</param>
    /// <param name="status">How it ended.</param>
    /// <returns>Whether it is.</returns>
    public bool Includes(string job, DateTimeOffset startedAt, JobStatus status) =>
        (Job is null || Job == job) && (Since is null || Since <= startedAt) && (Status is null || Status == status);
}
