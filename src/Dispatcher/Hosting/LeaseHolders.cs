namespace Dispatcher.Hosting;

/// <summary>Functions for stores that list the runs at work.</summary>
public static class LeaseHolders
{
    /// <summary>Combines the leases of each run: from the beginning of its first one until the end of its last.</summary>
    /// <param name="leases">The holders of leases of one job that are held now.</param>
    /// <returns>The runs, the longest first.</returns>
    public static IReadOnlyList<LeaseHolder> Combine(IEnumerable<LeaseHolder> leases) =>
    [
        .. leases.GroupBy(static lease => lease.RunId, StringComparer.Ordinal)
            .Select(static run => new LeaseHolder(run.Key, run.Min(static lease => lease.Since), run.Max(static lease => lease.Until)))
            .OrderBy(static run => run.Since).ThenBy(static run => run.RunId, StringComparer.Ordinal),
    ];
}
