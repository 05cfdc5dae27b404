using System.Globalization;

namespace Dispatcher.Jobs.Postgres.MaterializedViewRefresh;

/// <summary>The last refresh of a view that the log table has.</summary>
/// <param name="At">When, in UTC.</param>
/// <param name="DurationMs">How long it took.</param>
internal sealed record LastRefresh(DateTime? At, long? DurationMs)
{
    /// <inheritdoc />
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(At is { } at ? at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "unknown")} UTC in "
            + $"{(DurationMs is { } ms ? ms : "?")} ms");
}
