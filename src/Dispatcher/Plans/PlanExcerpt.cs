namespace Dispatcher.Plans;

/// <summary>
/// Functions that publish an excerpt: a plan of some of the changes of another one. It has the same id, age, parameters and slot, and its
/// own digest.
/// </summary>
public static class PlanExcerpt
{
    /// <summary>Publishes an excerpt.</summary>
    /// <param name="plan">The whole plan.</param>
    /// <param name="includes">Selects changes.</param>
    /// <param name="store">The store of the excerpt.</param>
    /// <param name="location">A location that the store allows.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>The totals of the excerpt.</returns>
    /// <exception cref="PermanentJobException">Something is at that location already.</exception>
    public static async Task<PlanTotals> PublishAsync(
        PlanFile plan, Predicate<PlannedChange> includes, IPlanStore store, string location, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(includes);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(location);

        store.EnsureAllowed(location);
        using var writer = new PlanWriter(
            plan.Header with { ExcerptOf = plan.Totals.Digest },
            location.EndsWith(".gz", StringComparison.OrdinalIgnoreCase),
            TemporaryPlan.Create());
        foreach (var planned in plan.ReadChanges())
        {
            if (includes(planned))
            {
                writer.Add([planned.Change]);
            }
        }

        var (totals, contents) = writer.Complete(plan.Totals.ItemErrors, plan.Totals.Complete);
        await store.PublishAsync(location, contents, cancellationToken);
        return totals;
    }
}
