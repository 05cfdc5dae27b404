using System.Text.Json.Serialization;

namespace Dispatcher;

/// <summary>The plan of a run, as its record reports it.</summary>
/// <param name="Location">Where the plan is.</param>
/// <param name="Digest">The digest of its contents.</param>
/// <param name="Changes">How many changes it holds.</param>
public sealed record PlanReport(string Location, string Digest, long Changes)
{
    /// <summary>The most items that a list of a report holds.</summary>
    public const int MaxItems = 20;

    /// <summary>The name of the count of changes that are in the plan with other evidence, and were not made.</summary>
    public const string ChangedCount = "planChanged";

    /// <summary>The name of the count of changes that are not in the plan, and were not made.</summary>
    public const string NotInPlanCount = "notInPlan";

    /// <summary>The name of the count of changes of the plan that the job did not propose any more.</summary>
    public const string MissingCount = "planMissing";

    /// <summary>Gets the first changes that were not made because their evidence has changed since the plan.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChangeItem>? Changed { get; init; }

    /// <summary>Gets the first changes that were not made because they are not in the plan.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChangeItem>? NotInPlan { get; init; }

    /// <summary>Gets the first changes of the plan that the job did not propose any more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChangeItem>? Missing { get; init; }

    /// <summary>Gets the run that has applied the plan before, of a run that was skipped for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AppliedBy { get; init; }
}
