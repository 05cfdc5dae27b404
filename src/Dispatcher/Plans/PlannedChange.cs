namespace Dispatcher.Plans;

/// <summary>A change of a plan.</summary>
/// <param name="Number">Its number within the plan, from 1.</param>
/// <param name="Change">The change.</param>
public sealed record PlannedChange(long Number, Change Change);
