namespace Dispatcher.Jobs.Ecs;

/// <summary>Checks what no single parameter shows: which of them go together.</summary>
internal static class RunTaskCheck
{
    /// <summary>Adds what is wrong with a complete description of what to run.</summary>
    public static void Check(EcsRunTaskParameters parameters, ICollection<string> problems)
    {
        if (parameters.TaskDefinition is null)
        {
            problems.Add("Nothing to run is named. Give 'task', a profile of the configuration, or 'taskDefinition'.");
        }

        CheckPlacement(parameters, problems);
        CheckNetwork(parameters, problems);
        CheckDetails(parameters, problems);
        if (parameters is { Container: not null } and not { WaitForStop: true })
        {
            problems.Add("Parameter 'container' names the container whose exit code decides, which is known only with 'waitForStop'. Set that to true, or leave out 'container'.");
        }
    }

    /// <summary>Adds what is wrong with the parameters that stand beside the name of a profile.</summary>
    public static void CheckBesideProfile(EcsRunTaskParameters parameters, ICollection<string> problems)
    {
        (string Name, object? Value)[] reserved =
        [
            ("cluster", parameters.Cluster), ("taskDefinition", parameters.TaskDefinition), ("launchType", parameters.LaunchType),
            ("capacityProviderStrategy", parameters.CapacityProviderStrategy), ("platformVersion", parameters.PlatformVersion),
            ("subnets", parameters.Subnets), ("securityGroups", parameters.SecurityGroups), ("assignPublicIp", parameters.AssignPublicIp),
            ("taskRoleArn", parameters.TaskRoleArn),
        ];
        var given = reserved.Where(field => field.Value is not null).Select(field => $"'{field.Name}'").ToList();
        if (given.Count > 0)
        {
            problems.Add(
                $"Parameter {string.Join(", ", given)} cannot stand beside 'task': what runs, where and as whom is the profile's to say. "
                + $"Set it in EcsTasks:{parameters.Task}, or leave out 'task'.");
        }

        CheckDetails(parameters, problems);
    }

    private static void CheckPlacement(EcsRunTaskParameters parameters, ICollection<string> problems)
    {
        if (parameters is { LaunchType: not null, CapacityProviderStrategy: not null })
        {
            problems.Add("Parameters 'launchType' and 'capacityProviderStrategy' exclude each other. Give one of them, or neither for the cluster's default.");
        }

        if (parameters.CapacityProviderStrategy is { Count: 0 or > 20 } strategy)
        {
            problems.Add($"Parameter 'capacityProviderStrategy' holds {strategy.Count} providers. Give 1 to 20.");
        }

        foreach (var provider in parameters.CapacityProviderStrategy ?? [])
        {
            if (provider.Weight is < 0 or > 1000 || provider.Base is < 0 or > 100_000)
            {
                problems.Add($"Capacity provider '{provider.CapacityProvider}' has weight {provider.Weight ?? 0} and base {provider.Base ?? 0}. A weight is 0 to 1000, a base 0 to 100000.");
            }
        }
    }

    private static void CheckNetwork(EcsRunTaskParameters parameters, ICollection<string> problems)
    {
        if (IsFargate(parameters) && parameters.Subnets is null)
        {
            problems.Add("Parameter 'subnets' is missing: a task on Fargate has a network interface of its own. Give the subnets, in several availability zones.");
        }

        if (parameters is { Subnets: null } and ({ SecurityGroups: not null } or { AssignPublicIp: not null }))
        {
            problems.Add("Parameters 'securityGroups' and 'assignPublicIp' describe a network interface, which needs 'subnets'. Give them, or leave those out.");
        }

        CheckIds(parameters.Subnets, "subnets", "subnet-", 16, problems);
        CheckIds(parameters.SecurityGroups, "securityGroups", "sg-", 5, problems);
    }

    private static bool IsFargate(EcsRunTaskParameters parameters) =>
        parameters.LaunchType == "FARGATE"
        || parameters.CapacityProviderStrategy?.Any(provider => provider.CapacityProvider.StartsWith("FARGATE", StringComparison.Ordinal)) == true;

    private static void CheckIds(IReadOnlyList<string>? ids, string name, string prefix, int most, ICollection<string> problems)
    {
        if (ids is { Count: 0 } || ids?.Count > most)
        {
            problems.Add($"Parameter '{name}' holds {ids.Count} ids. Give 1 to {most}.");
        }

        foreach (var id in ids?.Where(id => !id.StartsWith(prefix, StringComparison.Ordinal)) ?? [])
        {
            problems.Add($"Parameter '{name}' holds '{id}', but an id begins with {prefix}.");
        }
    }

    private static void CheckDetails(EcsRunTaskParameters parameters, ICollection<string> problems)
    {
        foreach (var group in (parameters.ContainerOverrides ?? []).GroupBy(container => container.Name).Where(group => group.Count() > 1))
        {
            problems.Add($"Container '{group.Key}' has {group.Count()} overrides. Give each container one.");
        }

        foreach (var container in parameters.ContainerOverrides ?? [])
        {
            if (container.Cpu < 1 || container.Memory < 1)
            {
                problems.Add($"Container '{container.Name}' has cpu {container.Cpu} and memory {container.Memory}. Give whole numbers from 1, or leave them out.");
            }
        }

        if (parameters.Tags?.Count > 50)
        {
            problems.Add($"Parameter 'tags' holds {parameters.Tags.Count} tags. ECS takes 50.");
        }

        foreach (var (key, value) in parameters.Tags ?? new Dictionary<string, string>())
        {
            if (key.Length is 0 or > 128 || value.Length > 256 || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                problems.Add($"Tag '{key}' is not allowed: a key has 1 to 128 characters and does not begin with aws:, a value has at most 256.");
            }
        }
    }
}
