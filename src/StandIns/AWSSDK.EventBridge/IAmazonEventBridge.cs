using Amazon.EventBridge.Model;
using Amazon.Runtime;

namespace Amazon.EventBridge;

/// <summary>Calls Amazon EventBridge: the operations that this project needs.</summary>
public interface IAmazonEventBridge : IAmazonService, IDisposable
{
#pragma warning disable CA1033 // Only generic code that creates clients calls these two, through IAmazonService.
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonEventBridgeConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig)
    {
        var config = clientConfig as AmazonEventBridgeConfig ?? throw new AmazonClientException(
            $"{clientConfig?.GetType().Name} is not an AmazonEventBridgeConfig.");
        return awsCredentials is null ? new AmazonEventBridgeClient(config) : new AmazonEventBridgeClient(awsCredentials, config);
    }
#pragma warning restore CA1033

    /// <summary>Describes a rule.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The answer of the service.</returns>
    Task<DescribeRuleResponse> DescribeRuleAsync(DescribeRuleRequest request, CancellationToken cancellationToken = default);

    /// <summary>Creates a rule, or replaces everything of it but its targets and tags.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The answer of the service.</returns>
    Task<PutRuleResponse> PutRuleAsync(PutRuleRequest request, CancellationToken cancellationToken = default);
}
