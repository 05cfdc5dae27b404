using Amazon.ECS.Model;

namespace Dispatcher.Jobs.Ecs;

/// <summary>The description of a request in a plan: what runs, where, with what.</summary>
internal static class RunTaskDescription
{
    public static string Describe(RunTaskRequest request)
    {
        var network = request.NetworkConfiguration?.AwsvpcConfiguration;
        string?[] parts =
        [
            request.LaunchType?.Value ?? Strategy(request),
            request.PlatformVersion is { } version ? $"platform {version}" : null,
            network is null ? null : $"subnets {string.Join(",", network.Subnets)}",
            network?.SecurityGroups is { } groups ? $"security groups {string.Join(",", groups)}" : null,
            network is null ? null : $"public address {network.AssignPublicIp.Value}",
            request.Overrides?.TaskRoleArn is { } role ? $"task role {role}" : null,
            request.Overrides?.ExecutionRoleArn is { } execution ? $"execution role {execution}" : null,
            request.Overrides?.Cpu is { } cpu ? $"task cpu {cpu}" : null,
            request.Overrides?.Memory is { } memory ? $"task memory {memory}" : null,
            request.Overrides?.EphemeralStorage is { } disk ? $"disk {disk.SizeInGiB} GiB" : null,
            request.EnableExecuteCommand == true ? "ECS Exec" : null,
            request.EnableECSManagedTags == true ? "tags of ECS" : null,
            request.PropagateTags is { } source ? $"tags from {source.Value}" : null,
            .. (request.Overrides?.ContainerOverrides ?? []).Select(Describe),
            request.Tags is { } tags ? $"tags {string.Join(",", tags.Select(tag => $"{tag.Key}={tag.Value}"))}" : null,
            $"startedBy {request.StartedBy}",
            $"clientToken {request.ClientToken}",
        ];
        return string.Join("; ", parts.OfType<string>());
    }

    /// <summary>
    /// Digests a request with the values of its environment variables, and without its count: a plan may allow a part of the tasks.
    /// </summary>
    public static string Digest(RunTaskRequest request) => EvidenceDigest.Create(
    [
        Describe(request),
        .. (request.Overrides?.ContainerOverrides ?? []).SelectMany(container =>
            (container.Environment ?? []).SelectMany(variable => new[] { container.Name, variable.Name, variable.Value })),
    ]);

    /// <summary>Environment variables are named without their values, which must not be logged.</summary>
    private static string Describe(ContainerOverride container)
    {
        var command = container.Command is { } words ? $" command [{string.Join(", ", words)}]" : string.Empty;
        var environment = container.Environment is { } variables
            ? $" environment {string.Join(",", variables.Select(variable => variable.Name))}"
            : string.Empty;
        var cpu = container.Cpu is { } units ? $" cpu {units}" : string.Empty;
        var memory = container.Memory is { } size ? $" memory {size}" : string.Empty;
        return $"container {container.Name}:{command}{environment}{cpu}{memory}";
    }

    private static string? Strategy(RunTaskRequest request) =>
        request.CapacityProviderStrategy is { } strategy
            ? "capacity " + string.Join(",", strategy.Select(provider =>
                $"{provider.CapacityProvider} weight {provider.Weight ?? 0} base {provider.Base ?? 0}"))
            : null;
}
