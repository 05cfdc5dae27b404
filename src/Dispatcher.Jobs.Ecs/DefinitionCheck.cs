using Amazon.ECS.Model;

namespace Dispatcher.Jobs.Ecs;

/// <summary>The checks by which a dry run finds what RunTask would refuse, or what would not start, before it is asked to.</summary>
internal static class DefinitionCheck
{
    /// <summary>Checks the parameters against the task definition, and describes what would start.</summary>
    /// <param name="parameters">The complete parameters.</param>
    /// <param name="definition">The task definition, or <see langword="null"/> if the function may not read it.</param>
    /// <exception cref="PermanentJobException">The two do not go together.</exception>
    public static string Describe(EcsRunTaskParameters parameters, TaskDefinition? definition)
    {
        if (definition is null)
        {
            return "The task definition was not checked: allow ecs:DescribeTaskDefinition in the function's role.";
        }

        List<string> problems =
        [
            .. FindStatus(definition),
            .. FindContainers(parameters, definition),
            .. FindPlacement(parameters, definition),
            .. FindNetwork(parameters, definition),
            .. FargateSize.Validate(parameters, definition),
            .. FindRoles(parameters, definition),
        ];
        if (problems.Count > 0)
        {
            throw new PermanentJobException([$"{NameOf(definition)} does not go with the parameters:", .. problems]);
        }

        var containers = (definition.ContainerDefinitions ?? []).Select(container =>
            $"{EcsText.Printable(container.Name)} ({EcsText.Printable(container.Image)})");
        var (cpu, memory) = (parameters.Cpu ?? definition.Cpu, parameters.Memory ?? definition.Memory);
        var size = cpu is null && memory is null ? string.Empty : $", cpu {cpu ?? "-"}, memory {memory ?? "-"}";
        return $"{NameOf(definition)} has {string.Join(", ", containers)}{EcsText.Printable(size)}.";
    }

    private static string NameOf(TaskDefinition definition) =>
        definition.Family is { Length: > 0 } family
            ? $"Task definition {EcsText.Printable(family)}:{definition.Revision}"
            : "The task definition";

    private static IEnumerable<string> FindStatus(TaskDefinition definition) =>
        If(
            definition.Status is { } status && status.Value != "ACTIVE",
            $"It is {EcsText.Printable(definition.Status?.Value)}: register a new revision, or name an active one.");

    private static IEnumerable<string> FindContainers(EcsRunTaskParameters parameters, TaskDefinition definition)
    {
        var names = (definition.ContainerDefinitions ?? []).Select(container => container.Name).ToList();
        var known = string.Join(", ", names.Select(name => $"'{EcsText.Printable(name)}'"));
        return
        [
            .. (parameters.ContainerOverrides ?? []).Where(container => !names.Contains(container.Name)).Select(container =>
                $"'containerOverrides' names '{EcsText.Printable(container.Name)}', but its containers are {known}."),
            .. If(
                parameters.Container is { } deciding && !names.Contains(deciding),
                $"'container' names '{EcsText.Printable(parameters.Container)}', but its containers are {known}."),
        ];
    }

    private static IEnumerable<string> FindPlacement(EcsRunTaskParameters parameters, TaskDefinition definition)
    {
        var compatible = definition.Compatibilities ?? [];
        var wanted = FargateSize.IsFargate(parameters) ? "FARGATE" : parameters.LaunchType;
        return If(
            wanted is not null && compatible.Count > 0 && !compatible.Contains(wanted),
            $"It is to run on {wanted}, but is compatible with {string.Join(", ", compatible.Select(EcsText.Printable))} only: "
            + "register a revision with requiresCompatibilities, or choose another launchType.");
    }

    private static IEnumerable<string> FindNetwork(EcsRunTaskParameters parameters, TaskDefinition definition) =>
        definition.NetworkMode is not { } mode ? []
        :
        [
            .. If(
                mode.Value == "awsvpc" && parameters.Subnets is null,
                "Its network mode is awsvpc: each task has a network interface, which needs 'subnets'."),
            .. If(
                mode.Value != "awsvpc" && parameters.Subnets is not null,
                $"Its network mode is {EcsText.Printable(mode.Value)}, in which a task has no network interface: leave out 'subnets', "
                + "'securityGroups' and 'assignPublicIp', or register a revision with awsvpc."),
        ];

    private static IEnumerable<string> FindRoles(EcsRunTaskParameters parameters, TaskDefinition definition) => If(
        parameters is { EnableExecuteCommand: true, TaskRoleArn: null } && string.IsNullOrEmpty(definition.TaskRoleArn),
        "'enableExecuteCommand' needs a task role with the permissions of ssmmessages: give 'taskRoleArn', or a revision with one.");

    private static IEnumerable<string> If(bool isWrong, string problem) => isWrong ? [problem] : [];
}
