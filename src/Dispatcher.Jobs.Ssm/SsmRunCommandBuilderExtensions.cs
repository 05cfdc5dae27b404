using Amazon.SimpleSystemsManagement;
using Dispatcher.Aws;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.Ssm;

/// <summary>Extension methods that register the job.</summary>
public static class SsmRunCommandBuilderExtensions
{
    /// <summary>The name that payloads use.</summary>
    public const string DefaultName = "ssm-run-command";

    /// <summary>Adds the job and the client that it uses.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <param name="name">The name that payloads use.</param>
    /// <param name="configure">Sets further options of the job, such as a deployment for each command.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddSsmRunCommand(
        this IDispatcherBuilder builder, string name = DefaultName, Action<JobOptions>? configure = null) => builder
        .AddAwsClient<IAmazonSimpleSystemsManagement>(static () => new AmazonSimpleSystemsManagementClient())
        .AddJob<SsmRunCommandJob, SsmRunCommandParameters>(
            name,
            static () => SsmRunCommandJsonContext.Default.SsmRunCommandParameters,
            options =>
            {
                options.Description = "Runs a command on EC2 instances with Systems Manager, once per scheduled slot.";
                configure?.Invoke(options);
            });
}
