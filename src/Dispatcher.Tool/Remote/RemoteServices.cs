using Amazon.CloudFormation;
using Amazon.CloudWatchLogs;
using Amazon.EventBridge;
using Amazon.Lambda;
using Amazon.Scheduler;
using Amazon.SecurityToken;
using Amazon.SQS;
using Dispatcher.Aws;
using Dispatcher.Tool.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Tool.Remote;

/// <summary>The services of commands that act on what is deployed.</summary>
internal static class RemoteServices
{
    /// <summary>A run takes 15 minutes at most, and its answer a moment.</summary>
    private static readonly TimeSpan InvocationTimeout = TimeSpan.FromMinutes(16);

    /// <summary>Builds the services of a command, with the clients of AWS.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The services.</returns>
    public static ServiceProvider Build(ToolContext tool) => ToolServices.Build(tool, configure: static services =>
    {
        services.AddMaintenanceDispatcher()
            .AddAwsClient<IAmazonCloudFormation>(static () => new AmazonCloudFormationClient())
            .AddAwsClient<IAmazonCloudWatchLogs>(static () => new AmazonCloudWatchLogsClient())
            .AddAwsClient<IAmazonEventBridge>(static () => new AmazonEventBridgeClient())
            .AddAwsClient<IAmazonScheduler>(static () => new AmazonSchedulerClient())
            .AddAwsClient<IAmazonSecurityTokenService>(static () => new AmazonSecurityTokenServiceClient())
            .AddAwsClient<IAmazonSQS>(static () => new AmazonSQSClient());

        // Not limited as the others: the answer may take 15 minutes, and a second attempt would run the job again.
        services.TryAddSingleton<IAmazonLambda>(static _ => new AmazonLambdaClient(new AmazonLambdaConfig
        {
            Timeout = InvocationTimeout,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            MaxErrorRetry = 0,
        }));
    });

    /// <summary>Reads a stack.</summary>
    /// <param name="services">The services of <see cref="Build"/>.</param>
    /// <param name="name">The name of the stack.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The stack.</returns>
    public static Task<RemoteStack> ReadStackAsync(this IServiceProvider services, string name, CancellationToken cancellationToken) =>
        RemoteStack.ReadAsync(services.GetRequiredService<IAmazonCloudFormation>(), name, cancellationToken);
}
