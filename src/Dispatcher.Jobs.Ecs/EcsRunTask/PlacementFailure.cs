using EcsFailure = Amazon.ECS.Model.Failure;

namespace Dispatcher.Jobs.Ecs.EcsRunTask;

/// <summary>
/// The reason why ECS did not start a task although it answered 200.
/// Source: "Amazon ECS API failure reasons" in the ECS developer guide.
/// </summary>
/// <param name="Message">What ECS said, then what to do.</param>
/// <param name="IsTransient">Whether another attempt may find room.</param>
internal sealed record PlacementFailure(string Message, bool IsTransient)
{
    // Only what ECS documents as a lack of room. Its messages about wrong settings speak of capacity providers and end with "try again", too.
    private static readonly string[] LacksRoom =
    [
        "capacity is unavailable", "insufficient capacity", "reached the limit", "limit exceeded", "limit on the number of", "rate exceeded", "throttl",
    ];

    public static PlacementFailure Create(EcsFailure failure)
    {
        var reason = string.IsNullOrEmpty(failure.Reason) ? "no reason given" : failure.Reason;
        var what = string.Join(", ", new[] { reason, failure.Detail, failure.Arn }.Where(text => !string.IsNullOrEmpty(text)).Select(EcsText.Printable));
        var transient = IsPassing(reason);
        return new PlacementFailure($"ECS did not start the task: {what.TrimEnd('.')}. {Remedy(reason, transient)}", transient);
    }

    /// <summary>Determines whether a reason is a lack of room, which passes.</summary>
    public static bool IsPassing(string reason) =>
        reason.StartsWith("RESOURCE:", StringComparison.OrdinalIgnoreCase)
        || reason.Equals("AGENT", StringComparison.OrdinalIgnoreCase)
        || LacksRoom.Any(text => reason.Contains(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns what to do about a reason, or about the message of a request that ECS refused.</summary>
    public static string Remedy(string reason, bool transient)
    {
        if (Contains(reason, "container instances") || Contains(reason, "NO ACTIVE INSTANCES") || Contains(reason, "EMPTY CAPACITY PROVIDER"))
        {
            return "The cluster has no EC2 instance to run it on. Without 'launchType' and 'capacityProviderStrategy', the cluster's default strategy decides, "
                   + "and EC2 if it has none: set launchType to FARGATE, give a capacity provider, or register instances.";
        }

        if (Contains(reason, "capacity provider"))
        {
            return "Associate the capacity provider with the cluster (PutClusterCapacityProviders), or correct 'capacityProviderStrategy'.";
        }

        return reason.ToUpperInvariant() switch
        {
            "MISSING" or "INACTIVE" => "Check that the task definition and the cluster exist and are active.",
            "ATTRIBUTE" => "No instance has what the task definition asks for: look at its placement constraints and the instances' attributes.",
            "LOCATION" => "The subnets lie outside of what the cluster offers: check them.",
            _ when transient => "The cluster has no room at the moment: add capacity or availability zones if this goes on.",
            _ => "Look at the cluster's events in the ECS console.",
        };
    }

    private static bool Contains(string reason, string text) => reason.Contains(text, StringComparison.OrdinalIgnoreCase);
}
