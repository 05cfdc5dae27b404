using Dispatcher.Text;

namespace Dispatcher.Plans;

/// <summary>The differences between a plan and the run that applied it.</summary>
/// <param name="Changed">How many changes were not made because their evidence has changed.</param>
/// <param name="NotInPlan">How many were not made because they are not in the plan.</param>
/// <param name="Missing">How many of the plan were not proposed any more.</param>
internal readonly record struct PlanDifferences(long Changed, long NotInPlan, long Missing)
{
    /// <summary>Describes the differences, in a sentence each.</summary>
    /// <param name="isContinued">Whether an earlier run of the same slot has applied a part of the plan.</param>
    public string Describe(bool isContinued)
    {
        var missing = isContinued ? "made by an earlier run, or not due any more" : "not due any more";
        string?[] sentences =
        [
            Changed == 0 ? null : $" {Quantity.Count(Changed, "planned change")} skipped: changed since the plan.",
            NotInPlan == 0 ? null : $" {Quantity.Count(NotInPlan, "change")} not made: not in the plan.",
            Missing == 0 ? null : $" {Quantity.Count(Missing, "planned change")} not proposed: {missing}.",
        ];
        return string.Concat(sentences);
    }
}
