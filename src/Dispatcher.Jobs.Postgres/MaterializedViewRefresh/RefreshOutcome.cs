namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>The measurements of a refresh.</summary>
/// <param name="durationMs">How long the REFRESH took.</param>
internal sealed class RefreshOutcome(long durationMs)
{
    public long DurationMs => durationMs;

    /// <summary>Gets or sets the figures of the view, by the name of their count.</summary>
    public IReadOnlyDictionary<string, long> Statistics { get; set; } = new Dictionary<string, long>();

    /// <summary>Gets or sets which figures the role may not read, and the remedy.</summary>
    public string? MissingFigures { get; set; }

    /// <summary>Gets the failures after the refresh.</summary>
    public List<string> Problems { get; } = [];
}
