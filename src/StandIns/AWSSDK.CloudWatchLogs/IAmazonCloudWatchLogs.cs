using Amazon.CloudWatchLogs.Model;
using Amazon.Runtime;

namespace Amazon.CloudWatchLogs;

/// <summary>Calls Amazon CloudWatch Logs: the operations that this project needs.</summary>
public interface IAmazonCloudWatchLogs : IAmazonService, IDisposable
{
#pragma warning disable CA1033 // Only generic code that creates clients calls these two, through IAmazonService.
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonCloudWatchLogsConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig)
    {
        var config = clientConfig as AmazonCloudWatchLogsConfig ?? throw new AmazonClientException(
            $"{clientConfig?.GetType().Name} is not an AmazonCloudWatchLogsConfig.");
        return awsCredentials is null ? new AmazonCloudWatchLogsClient(config) : new AmazonCloudWatchLogsClient(awsCredentials, config);
    }
#pragma warning restore CA1033

    /// <summary>Finds the events of a log group that match a pattern, page by page.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The answer of the service.</returns>
    Task<FilterLogEventsResponse> FilterLogEventsAsync(FilterLogEventsRequest request, CancellationToken cancellationToken = default);
}
