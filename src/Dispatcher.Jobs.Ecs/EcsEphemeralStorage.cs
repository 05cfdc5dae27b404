namespace Dispatcher.Jobs.Ecs;

/// <summary>The disk of a task on Fargate.</summary>
public sealed record EcsEphemeralStorage
{
    /// <summary>Gets the size in GiB, 21 to 200.</summary>
    public required int SizeInGiB { get; init; }
}
