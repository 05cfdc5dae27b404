using Amazon.ECS;
using Dispatcher.Aws;
using Dispatcher.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Jobs.Ecs.EcsRunTask;

/// <summary>Registers the job.</summary>
public static class EcsRunTaskBuilderExtensions
{
    /// <summary>The name that payloads use.</summary>
    public const string DefaultName = "ecs-run-task";

    /// <summary>Adds the job and the client that it uses.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that payloads use.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddEcsRunTask(this IDispatcherBuilder builder, string name = DefaultName)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<RetryOptions>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IFailureRule, TaskStartFailureRule>());
        return builder
            .AddAwsClient<IAmazonECS>(static () => new AmazonECSClient())
            .AddJob<EcsRunTaskJob, EcsRunTaskParameters>(
                name,
                EcsRunTaskJsonContext.Default.EcsRunTaskParameters,
                static options => options.Description = "Starts a task on Amazon ECS, once per scheduled slot.");
    }
}
