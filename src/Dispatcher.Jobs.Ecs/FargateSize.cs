using System.Globalization;
using Amazon.ECS.Model;

namespace Dispatcher.Jobs.Ecs;

/// <summary>
/// The sizes of a task that Fargate offers. Source: "Task size" in the parameters of task definitions for Fargate, ECS developer guide.
/// </summary>
internal static class FargateSize
{
    private static readonly (int Cpu, int Least, int Most, int Step)[] Sizes =
    [
        (256, 512, 2048, 512), (512, 1024, 4096, 1024), (1024, 2048, 8192, 1024), (2048, 4096, 16384, 1024), (4096, 8192, 30720, 1024),
        (8192, 16384, 61440, 4096), (16384, 32768, 122880, 8192),
    ];

    /// <summary>Determines whether a task is to run on Fargate.</summary>
    public static bool IsFargate(EcsRunTaskParameters parameters) =>
        parameters.LaunchType == "FARGATE" || (parameters.CapacityProviderStrategy ?? [])
            .Any(provider => provider.CapacityProvider.StartsWith("FARGATE", StringComparison.Ordinal));

    /// <summary>Returns what is wrong with the size of a task on Fargate: that of the parameters, else that of the definition.</summary>
    public static IEnumerable<string> Validate(EcsRunTaskParameters parameters, TaskDefinition definition)
    {
        if (!IsFargate(parameters) || Read(parameters.Cpu ?? definition.Cpu, "vcpu") is not { } cpu
            || Read(parameters.Memory ?? definition.Memory, "gb") is not { } memory)
        {
            return [];
        }

        var size = Sizes.FirstOrDefault(size => size.Cpu == cpu);
        return size == default
                ? [$"Fargate has no task of {cpu} CPU units. Give 'cpu' as {string.Join(", ", Sizes.Select(offered => offered.Cpu))}."]
            : IsOffered(size, memory) ? []
            : [$"Fargate has no task of {cpu} CPU units and {memory} MiB. With that 'cpu', give 'memory' from {size.Least} to {size.Most} "
               + $"in steps of {size.Step}."];
    }

    private static bool IsOffered((int Cpu, int Least, int Most, int Step) size, int memory) =>
        memory >= size.Least && memory <= size.Most && memory % size.Step == 0 && (size.Cpu != 256 || memory != 1536);

    /// <summary>Reads a size: a number, or a number of a unit that is 1,024 of the former.</summary>
    private static int? Read(string? text, string unit)
    {
        var lower = text?.ToLowerInvariant().Trim() ?? string.Empty;
        var hasUnit = lower.EndsWith(unit, StringComparison.Ordinal);
        return decimal.TryParse(hasUnit ? lower[..^unit.Length] : lower, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? (int)(number * (hasUnit ? 1024 : 1))
            : null;
    }
}
