namespace Dispatcher.Reporting.Status;

/// <summary>
/// The times at which a job is to start, all its triggers together, as far as the rule needs them. One without times expects nothing, as if
/// only events start the job.
/// </summary>
public sealed record JobSchedule
{
    /// <summary>How far back <see cref="Expected"/> has to have every time.</summary>
    public static readonly TimeSpan LookBack = TimeSpan.FromHours(36);

    /// <summary>
    /// Gets the latest times until now, in order: all of <see cref="LookBack"/>, and at least two. The more there are, the farther back
    /// the missed ones are counted.
    /// </summary>
    /// <value>The default value is empty: no time has passed, or <see cref="Interval"/> is known instead.</value>
    public IReadOnlyList<DateTimeOffset> Expected { get; init; } = [];

    /// <summary>
    /// Gets the time between two starts of a schedule that is counted from a deployment of which the time is not known: a rate.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: the times are known.</value>
    public TimeSpan? Interval { get; init; }

    /// <summary>Gets the next time.</summary>
    /// <value>The default value is <see langword="null"/>: none, or not known.</value>
    public DateTimeOffset? Next { get; init; }

    /// <summary>Gets how late a start may be on purpose: the flexible time window of a schedule.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>Gets since when the schedule exists, which excuses the times before.</summary>
    /// <value>The default value is <see langword="null"/>: not known.</value>
    public DateTimeOffset? ExistsSince { get; init; }

    /// <summary>
    /// Gets a value indicating whether the schedule applies to the runs in the store. If not, the job is judged by the rhythm of its runs: a
    /// schedule in AWS starts no run on a laptop, and a condition that does not hold here may hold where the job is deployed.
    /// </summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool Applies { get; init; } = true;

    /// <summary>Gets the schedule in words: <c>every day at 03:00</c>.</summary>
    public string? Description { get; init; }

    /// <summary>Gets a value indicating whether the schedule expects any start.</summary>
    public bool HasTimes => Expected.Count > 0 || Interval is not null || Next is not null;
}
