using Amazon.ECS.Model;

namespace Dispatcher.Jobs.Ecs.EcsRunTask;

/// <summary>
/// Is the reason why ECS did not start a task although it answered 200.
/// Source: "Amazon ECS API failure reasons" in the ECS developer guide.
/// </summary>
/// <param name="Message">What ECS said, then what to do.</param>
/// <param name="IsTransient">Whether another attempt may find room.</param>
internal sealed record PlacementFailure(string Message, bool IsTransient)
{
    public static PlacementFailure Create(Failure failure)
    {
        var reason = failure.Reason ?? "no reason given";
        var what = string.Join(", ", new[] { reason, failure.Detail, failure.Arn }.Where(text => !string.IsNullOrEmpty(text)));
        var transient = IsPassing(reason);
        return new PlacementFailure($"ECS did not start the task: {what}. {Remedy(reason, transient)}", transient);
    }

    /// <summary>Says whether a reason is a lack of room, which passes.</summary>
    public static bool IsPassing(string reason) =>
        reason.StartsWith("RESOURCE:", StringComparison.OrdinalIgnoreCase)
        || reason.Equals("AGENT", StringComparison.OrdinalIgnoreCase)
        || reason.Contains("capacity", StringComparison.OrdinalIgnoreCase)
        || reason.Contains("limit", StringComparison.OrdinalIgnoreCase)
        || reason.Contains("try again", StringComparison.OrdinalIgnoreCase);

    private static string Remedy(string reason, bool transient) => reason.ToUpperInvariant() switch
    {
        "MISSING" or "INACTIVE" => "Check that the task definition and the cluster exist and are active.",
        "ATTRIBUTE" => "No instance has what the task definition asks for: look at its placement constraints and the instances' attributes.",
        "LOCATION" => "The subnets lie outside of what the cluster offers: check them.",
        _ when transient => "The cluster has no room at the moment: add capacity or availability zones if this goes on.",
        _ => "Look at the cluster's events in the ECS console.",
    };
}
