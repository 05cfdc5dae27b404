using System.Text.RegularExpressions;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Ecs;

/// <summary>The rules that no single parameter shows: which of them go together.</summary>
internal static class RunTaskValidator
{
    /// <summary>Returns everything that is wrong with a complete description of what to run.</summary>
    public static IEnumerable<string> Validate(EcsRunTaskParameters parameters) =>
    [
        .. If(
            parameters.TaskDefinition is null,
            "Nothing to run is named. Give 'task', a profile of the configuration, or 'taskDefinition'."),
        .. ValidatePlacement(parameters),
        .. ValidateNetwork(parameters),
        .. ValidateDetails(parameters),
        .. If(
            parameters is { Container: not null } and not { WaitForStop: true },
            "Parameter 'container' names the container whose exit code decides, which is known only with 'waitForStop'. "
            + "Set that to true, or leave out 'container'."),
    ];

    /// <summary>Returns everything that is wrong with the parameters beside the name of a profile.</summary>
    public static IEnumerable<string> ValidateBesideProfile(EcsRunTaskParameters parameters)
    {
        (string Name, object? Value)[] reserved =
        [
            ("cluster", parameters.Cluster), ("taskDefinition", parameters.TaskDefinition), ("launchType", parameters.LaunchType),
            ("capacityProviderStrategy", parameters.CapacityProviderStrategy), ("platformVersion", parameters.PlatformVersion),
            ("subnets", parameters.Subnets), ("securityGroups", parameters.SecurityGroups), ("assignPublicIp", parameters.AssignPublicIp),
            ("taskRoleArn", parameters.TaskRoleArn), ("executionRoleArn", parameters.ExecutionRoleArn),
            ("enableExecuteCommand", parameters.EnableExecuteCommand), ("enableECSManagedTags", parameters.EnableECSManagedTags),
            ("propagateTags", parameters.PropagateTags),
        ];
        var given = string.Join(", ", reserved.Where(field => field.Value is not null).Select(field => $"'{field.Name}'"));
        return If(
            given.Length > 0,
            $"Parameter {given} cannot be given beside 'task': the profile alone decides what runs, where and as whom. "
            + $"Set it in EcsTasks:{parameters.Task}, or leave out 'task'.").Concat(ValidateDetails(parameters));
    }

    private static IEnumerable<string> ValidatePlacement(EcsRunTaskParameters parameters) =>
    [
        .. If(
            parameters is { LaunchType: not null, CapacityProviderStrategy: not null },
            "Parameters 'launchType' and 'capacityProviderStrategy' exclude each other. "
            + "Give one of them, or neither for the cluster's default."),
        .. If(
            parameters.CapacityProviderStrategy is { Count: 0 or > 20 },
            $"Parameter 'capacityProviderStrategy' holds {parameters.CapacityProviderStrategy?.Count} providers. Give 1 to 20."),
        .. (parameters.CapacityProviderStrategy ?? [])
            .Where(provider => provider.Weight is < 0 or > 1000 || provider.Base is < 0 or > 100_000)
            .Select(provider =>
                $"Capacity provider '{provider.CapacityProvider}' has weight {provider.Weight ?? 0} and base {provider.Base ?? 0}. "
                + "A weight is 0 to 1000, a base 0 to 100000."),
    ];

    private static IEnumerable<string> ValidateNetwork(EcsRunTaskParameters parameters) =>
    [
        .. If(
            FargateSize.IsFargate(parameters) && parameters.Subnets is null,
            "Parameter 'subnets' is missing: a task on Fargate has its own network interface. "
            + "Give the subnets, in several availability zones."),
        .. If(
            parameters is { Subnets: null } and ({ SecurityGroups: not null } or { AssignPublicIp: not null }),
            "Parameters 'securityGroups' and 'assignPublicIp' describe a network interface, which needs 'subnets'. "
            + "Give them, or leave those out."),
        .. ValidateIds(parameters.Subnets, "subnets", "subnet-", 16),
        .. ValidateIds(parameters.SecurityGroups, "securityGroups", "sg-", 5),
    ];

    private static IEnumerable<string> ValidateIds(IReadOnlyList<string>? ids, string name, string prefix, int most) =>
    [
        .. If(ids?.Count is 0 || ids?.Count > most, $"Parameter '{name}' holds {ids?.Count} ids. Give 1 to {most}."),
        .. (ids ?? []).Where(id => !id.StartsWith(prefix, StringComparison.Ordinal) || !IsHex(id[prefix.Length..]))
            .Select(id => $"Parameter '{name}' holds '{Redaction.Value(id)}', but an id begins with {prefix}, "
                          + "followed by 8 or 17 digits from 0 to f."),
    ];

    private static bool IsHex(string digits) =>
        digits.Length is 8 or 17 && digits.All(static digit => char.IsAsciiDigit(digit) || digit is >= 'a' and <= 'f');

    /// <summary>Returns what is wrong with single values of a profile, which attributes do not reach.</summary>
    public static IEnumerable<string> ValidateValues(EcsRunTaskParameters parameters)
    {
        (string Name, string? Value, string Pattern, string Error)[] values =
        [
            ("taskRoleArn", parameters.TaskRoleArn, EcsRunTaskParameters.RolePattern, EcsRunTaskParameters.RoleError),
            ("executionRoleArn", parameters.ExecutionRoleArn, EcsRunTaskParameters.RolePattern, EcsRunTaskParameters.RoleError),
            ("cpu", parameters.Cpu, EcsRunTaskParameters.CpuPattern, EcsRunTaskParameters.CpuError),
            ("memory", parameters.Memory, EcsRunTaskParameters.MemoryPattern, EcsRunTaskParameters.MemoryError),
            ("propagateTags", parameters.PropagateTags, EcsRunTaskParameters.PropagatePattern, EcsRunTaskParameters.PropagateError),
        ];
        return values.Where(field => field.Value is { } value && !Regex.IsMatch(value, field.Pattern))
            .Select(field => $"'{field.Name}' is '{Redaction.Value(field.Value!)}': {field.Error}");
    }

    private static IEnumerable<string> ValidateDetails(EcsRunTaskParameters parameters) =>
    [
        .. (parameters.ContainerOverrides ?? []).GroupBy(container => container.Name).Where(group => group.Count() > 1)
            .Select(group => $"Container '{group.Key}' has {group.Count()} overrides. Give each container one."),
        .. (parameters.ContainerOverrides ?? []).Where(container => container.Cpu < 1 || container.Memory < 1)
            .Select(container =>
                $"Container '{container.Name}' has cpu {container.Cpu} and memory {container.Memory}. "
                + "Give whole numbers from 1, or leave them out."),
        .. If(
            parameters.EphemeralStorage is { SizeInGiB: < 21 or > 200 },
            $"Parameter 'ephemeralStorage' has {parameters.EphemeralStorage?.SizeInGiB} GiB. Give sizeInGiB from 21 to 200, "
            + "or leave it out for the task definition's."),
        .. If(parameters.Tags?.Count > 50, $"Parameter 'tags' holds {parameters.Tags?.Count} tags. ECS accepts 50."),
        .. (parameters.Tags ?? new Dictionary<string, string>()).Where(tag => !IsTag(tag.Key, tag.Value)).Select(tag =>
            $"Tag '{tag.Key}' is not allowed: a key has 1 to 128 characters and does not begin with aws:, a value has at most 256."),
    ];

    private static bool IsTag(string key, string value) =>
        key.Length is > 0 and <= 128 && value.Length <= 256 && !key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> If(bool isWrong, string problem) => isWrong ? [problem] : [];
}
