namespace Dispatcher.Hosting;

/// <summary>A filter for the files of an audit trail.</summary>
public sealed record AuditQuery
{
    /// <summary>Gets the beginning of the run's id.</summary>
    /// <value>The default value is <see langword="null"/>: every run.</value>
    public string? RunId { get; init; }

    /// <summary>Gets the job, of a trail that is kept by job.</summary>
    /// <value>The default value is <see langword="null"/>: every job.</value>
    public string? Job { get; init; }

    /// <summary>Gets the earliest start of the run.</summary>
    /// <value>The default value is <see langword="null"/>: everything that is kept.</value>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Determines whether the filter includes a run.</summary>
    /// <param name="runId">The id of the run, which begins with the time of its start.</param>
    /// <returns><see langword="true"/> if it does.</returns>
    public bool Includes(string runId)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return (RunId is null || runId.StartsWith(RunId, StringComparison.OrdinalIgnoreCase))
            && (Since is not { } since || string.CompareOrdinal(runId, FirstId(since)) >= 0);
    }

    /// <summary>The time of a UUIDv7 is its first 48 bits, so that ids sort by it.</summary>
    private static string FirstId(DateTimeOffset since) => Guid.CreateVersion7(since).ToString()[.."01234567-89ab".Length];
}
