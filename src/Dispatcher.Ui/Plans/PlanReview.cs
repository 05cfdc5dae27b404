using Dispatcher.Plans;
using Dispatcher.Tool.Plans;
using Dispatcher.Ui.Pages;

namespace Dispatcher.Ui.Plans;

/// <summary>A plan under review: its changes that match the filter, and what is new since the plan before.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Previous">The plan of the same job before it.</param>
/// <param name="Comparison">The differences from that plan.</param>
/// <param name="Filter">Which changes are shown.</param>
internal sealed record PlanReview(PlanFile Plan, PlanSummary? Previous, PlanComparison? Comparison, PlanChangeFilter Filter)
{
    private readonly HashSet<long> _added = [.. Comparison?.Added.Select(static change => change.Number) ?? []];
    private readonly HashSet<Change> _changed = [.. Comparison?.Changed.Select(static pair => pair.Is) ?? []];

    /// <summary>Reads a plan and the one before it.</summary>
    /// <param name="catalog">The plans.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="filter">Which changes are shown.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The review.</returns>
    public static async Task<PlanReview> CreateAsync(
        PlanCatalog catalog, PlanFile plan, PlanChangeFilter filter, CancellationToken cancellationToken)
    {
        if (plan.Header.ExcerptOf is not null || await catalog.FindPreviousAsync(plan, cancellationToken) is not { } previous)
        {
            return new PlanReview(plan, null, null, filter);
        }

        using var before = await catalog.ReadAsync(previous.Entry.Location, cancellationToken);
        return new PlanReview(plan, previous, PlanComparison.Create(before, plan, static _ => true), filter);
    }

    /// <summary>Gets how a change differs from the plan before.</summary>
    /// <param name="change">The change.</param>
    /// <returns><c>new</c>, <c>changed</c> or <c>same</c>; <see langword="null"/> if there is no plan before.</returns>
    public string? DifferenceOf(PlannedChange change) => Comparison is null ? null
        : _added.Contains(change.Number) ? PlanChangeFilter.New
        : _changed.Contains(change.Change) ? PlanChangeFilter.Changed : PlanChangeFilter.Same;

    /// <summary>Reads the changes that match the filter.</summary>
    /// <returns>The changes, one at a time.</returns>
    public IEnumerable<PlannedChange> ReadMatching() => Plan.ReadChanges().Where(Includes);

    /// <summary>Determines whether a change matches the filter.</summary>
    /// <param name="change">The change.</param>
    /// <returns><see langword="true"/> if it does.</returns>
    public bool Includes(PlannedChange change) => Filter.Includes(change.Change)
        && (Filter.Difference is null || Filter.Difference == DifferenceOf(change));

    /// <summary>Gets the address of the review.</summary>
    /// <param name="page">The page of the list.</param>
    /// <returns>The address.</returns>
    public string Address(int page) => Link.To(
        "/plan",
        ("at", Plan.Location),
        ("action", Filter.Action),
        ("q", Filter.Text),
        ("difference", Filter.Difference),
        ("page", page == 1 ? null : $"{page}"));
}
