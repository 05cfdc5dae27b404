using System.Globalization;
using System.Text.Json;
using Amazon.ECS;
using Amazon.ECS.Model;

namespace Dispatcher.Jobs.Ecs;

/// <summary>Functions that create the request, the same each time that the run's slot is delivered.</summary>
internal static class RunTaskRequestFactory
{
    private const int MaxStartedBy = 128;

    /// <summary>Returns what the tasks of this slot are started by, so that a later delivery finds them.</summary>
    public static string StartedBy(JobContext context)
    {
        var id = DeterministicGuid.Create(context.Job, context.Slot, Payload(context)).ToString();
        var job = context.Job;
        return $"{job[..Math.Min(job.Length, MaxStartedBy - id.Length - 1)]}/{id}";
    }

    /// <summary>Creates the request.</summary>
    /// <param name="parameters">What to run.</param>
    /// <param name="count">How many tasks are still to be started.</param>
    /// <param name="answers">
    /// How many requests of this slot ECS has answered. An unanswered request is repeated with its token; an answer changes it.
    /// </param>
    /// <param name="context">The run.</param>
    public static RunTaskRequest Create(EcsRunTaskParameters parameters, int count, int answers, JobContext context) => new()
    {
        Cluster = parameters.Cluster,
        TaskDefinition = parameters.TaskDefinition,
        Count = count,
        LaunchType = parameters.LaunchType,
        CapacityProviderStrategy = parameters.CapacityProviderStrategy?.Select(provider => new CapacityProviderStrategyItem
        {
            CapacityProvider = provider.CapacityProvider,
            Weight = provider.Weight,
            Base = provider.Base,
        }).ToList(),
        PlatformVersion = parameters.PlatformVersion,
        NetworkConfiguration = parameters.Subnets is null ? null : new NetworkConfiguration
        {
            AwsvpcConfiguration = new AwsVpcConfiguration
            {
                Subnets = [.. parameters.Subnets],
                SecurityGroups = parameters.SecurityGroups?.ToList(),
                AssignPublicIp = parameters.AssignPublicIp == true ? AssignPublicIp.ENABLED : AssignPublicIp.DISABLED,
            },
        },
        Overrides = CreateOverrides(parameters),
        EnableExecuteCommand = parameters.EnableExecuteCommand,
        EnableECSManagedTags = parameters.EnableECSManagedTags,
        PropagateTags = parameters.PropagateTags,
        Tags = parameters.Tags is { Count: > 0 } tags ? [.. tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })] : null,
        StartedBy = StartedBy(context),
        ClientToken = DeterministicGuid.Create(
            context.Job, context.Slot, Payload(context), answers.ToString(CultureInfo.InvariantCulture)).ToString(),
    };

    /// <summary>
    /// Two schedules may share a slot, so the id includes their payloads. It does not include what the configuration adds:
    /// a slot delivered before and after a deployment is still one slot.
    /// </summary>
    private static string Payload(JobContext context) =>
        context.Parameters.ValueKind == JsonValueKind.Undefined ? string.Empty : context.Parameters.GetRawText();

    private static TaskOverride? CreateOverrides(EcsRunTaskParameters parameters) =>
        parameters is
        {
            ContainerOverrides: null or { Count: 0 }, TaskRoleArn: null, ExecutionRoleArn: null, Cpu: null, Memory: null,
            EphemeralStorage: null,
        }
            ? null
            : new TaskOverride
            {
                TaskRoleArn = parameters.TaskRoleArn,
                ExecutionRoleArn = parameters.ExecutionRoleArn,
                Cpu = parameters.Cpu,
                Memory = parameters.Memory,
                EphemeralStorage = parameters.EphemeralStorage is { } disk ? new EphemeralStorage { SizeInGiB = disk.SizeInGiB } : null,
                ContainerOverrides = [.. (parameters.ContainerOverrides ?? []).Select(ToOverride)],
            };

    private static ContainerOverride ToOverride(EcsContainerOverride container) => new()
    {
        Name = container.Name,
        Command = container.Command?.ToList(),
        Environment = container.Environment?
            .Select(variable => new Amazon.ECS.Model.KeyValuePair { Name = variable.Key, Value = variable.Value }).ToList(),
        Cpu = container.Cpu,
        Memory = container.Memory,
    };
}
