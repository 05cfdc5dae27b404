namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>Is what a refresh measured.</summary>
/// <param name="DurationMs">How long the REFRESH took.</param>
/// <param name="Statistics">The figures of the view, by the name of their count.</param>
internal sealed record RefreshOutcome(long DurationMs, IReadOnlyDictionary<string, long> Statistics);
