namespace Dispatcher.Jobs.Ecs;

/// <summary>The differences from the task definition for one container.</summary>
public sealed record EcsContainerOverride
{
    /// <summary>Gets the container's name in the task definition.</summary>
    public required string Name { get; init; }

    /// <summary>Gets or sets the command, one word per item.</summary>
    public IReadOnlyList<string>? Command { get; set; }

    /// <summary>Gets or sets environment variables to set or add. The task's description shows them: never a secret.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; set; }

    /// <summary>Gets or sets the CPU units, 1024 for one vCPU.</summary>
    public int? Cpu { get; set; }

    /// <summary>Gets or sets the memory in MiB.</summary>
    public int? Memory { get; set; }
}
