using Amazon.ECS;
using Dispatcher.Aws;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Ecs;

/// <summary>Extension methods that register the job.</summary>
public static class EcsRunTaskBuilderExtensions
{
    /// <summary>The name that payloads use.</summary>
    public const string DefaultName = "ecs-run-task";

    /// <summary>Adds the job and the client that it uses.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that payloads use.</param>
    /// <param name="configure">Sets further options of the job, such as a deployment for each task.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddEcsRunTask(
        this IDispatcherBuilder builder, string name = DefaultName, Action<JobOptions>? configure = null) => builder
        .AddAwsClient<IAmazonECS>(static () => new AmazonECSClient())
        .AddJob<EcsRunTaskJob, EcsRunTaskParameters>(
            name,
            static () => EcsRunTaskJsonContext.Default.EcsRunTaskParameters,
            options =>
            {
                options.Description = "Starts a task on Amazon ECS, once per scheduled slot.";
                options.TaskParameter = "task";
                configure?.Invoke(options);
            });
}
