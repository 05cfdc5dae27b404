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
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddEcsRunTask(this IDispatcherBuilder builder, string name = DefaultName) => builder
        .AddAwsClient<IAmazonECS>(static () => new AmazonECSClient())
        .AddJob<EcsRunTaskJob, EcsRunTaskParameters>(
            name,
            EcsRunTaskJsonContext.Default.EcsRunTaskParameters,
            static options => options.Description = "Starts a task on Amazon ECS, once per scheduled slot.");
}
