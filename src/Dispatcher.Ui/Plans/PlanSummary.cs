using Dispatcher.Plans;

namespace Dispatcher.Ui.Plans;

/// <summary>A plan in the list.</summary>
/// <param name="Entry">The file.</param>
/// <param name="Header">Its first line; <see langword="null"/> if it is not a whole plan.</param>
/// <param name="Totals">Its last line.</param>
/// <param name="Problem">Why it is not a whole plan.</param>
internal sealed record PlanSummary(PlanEntry Entry, PlanHeader? Header, PlanTotals? Totals, string? Problem)
{
    /// <summary>Gets the run that has applied the plan, or applies it, if that is known.</summary>
    public PlanUse? Use { get; init; }

    /// <summary>Gets the time by which plans are sorted: the start of the dry run, or the time of the file.</summary>
    public DateTimeOffset CreatedAt => Header?.CreatedAt ?? Entry.WrittenAt;
}
