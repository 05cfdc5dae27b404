namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>The measurements of a refresh.</summary>
/// <param name="DurationMs">How long the REFRESH took.</param>
internal sealed record RefreshOutcome(long DurationMs)
{
    /// <summary>Gets the figures of the view, by the name of their count.</summary>
    public IReadOnlyDictionary<string, long> Statistics { get; init; } = new Dictionary<string, long>();

    /// <summary>Gets which figures the role may not read, and how it may.</summary>
    public string? MissingFigures { get; init; }

    /// <summary>Gets what failed after the refresh.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
