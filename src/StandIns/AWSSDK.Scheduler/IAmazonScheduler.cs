using Amazon.Scheduler.Model;
using Amazon.Runtime;

namespace Amazon.Scheduler;

/// <summary>Calls Amazon EventBridge Scheduler: the operations that this project needs.</summary>
public interface IAmazonScheduler : IAmazonService, IDisposable
{
#pragma warning disable CA1033 // Only generic code that creates clients calls these two, through IAmazonService.
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonSchedulerConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig)
    {
        var config = clientConfig as AmazonSchedulerConfig ?? throw new AmazonClientException(
            $"{clientConfig?.GetType().Name} is not an AmazonSchedulerConfig.");
        return awsCredentials is null ? new AmazonSchedulerClient(config) : new AmazonSchedulerClient(awsCredentials, config);
    }
#pragma warning restore CA1033

    /// <summary>Reads a schedule.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The answer of the service.</returns>
    Task<GetScheduleResponse> GetScheduleAsync(GetScheduleRequest request, CancellationToken cancellationToken = default);

    /// <summary>Replaces everything of a schedule.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The answer of the service.</returns>
    Task<UpdateScheduleResponse> UpdateScheduleAsync(UpdateScheduleRequest request, CancellationToken cancellationToken = default);
}
