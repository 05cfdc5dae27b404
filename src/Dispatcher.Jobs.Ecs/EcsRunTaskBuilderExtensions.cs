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
    /// <param name="configure">Sets further options of the job, such as another deployment.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddEcsRunTask(
        this IDispatcherBuilder builder, string name = DefaultName, Action<JobOptions>? configure = null) => builder
        .AddAwsClient<IAmazonECS>(static () => new AmazonECSClient())
        .AddJob<EcsRunTaskJob, EcsRunTaskParameters>(
            name,
            EcsRunTaskJsonContext.Default.EcsRunTaskParameters,
            options =>
            {
                options.Description = "Starts a task on Amazon ECS, once per scheduled slot.";
                options.Deploy("claims-report", DeployClaimsReport);
                configure?.Invoke(options);
            });

    private static void DeployClaimsReport(JobDeployment deploy) => deploy
        .Enabled(byDefault: false, "Whether ecs-run-task starts the claims report.")
        .Schedule("rate(7 days)", """{"task":"claims-report"}""", "Starts the claims report on ECS.")
        .RunEcsTask("claims_report", "ClaimsReportTaskDefinition", "dn-task-claims-report-process")
        .ExpectSuccessWithin(168, "The same for the claims report, which is weekly.");
}
