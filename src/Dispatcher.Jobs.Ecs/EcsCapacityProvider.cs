namespace Dispatcher.Jobs.Ecs;

/// <summary>One provider of a capacity provider strategy.</summary>
public sealed record EcsCapacityProvider
{
    /// <summary>Gets the provider's name, such as <c>FARGATE_SPOT</c>.</summary>
    public required string CapacityProvider { get; init; }

    /// <summary>Gets or sets the provider's share of the tasks beyond every base, 0 to 1000.</summary>
    public int? Weight { get; set; }

    /// <summary>Gets or sets how many tasks at least run on the provider, 0 to 100000.</summary>
    public int? Base { get; set; }
}
