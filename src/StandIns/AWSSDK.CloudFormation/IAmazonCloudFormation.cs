using Amazon.CloudFormation.Model;
using Amazon.Runtime;

namespace Amazon.CloudFormation;

/// <summary>Calls AWS CloudFormation: the operations that this project needs.</summary>
public interface IAmazonCloudFormation : IAmazonService, IDisposable
{
#pragma warning disable CA1033 // Only generic code that creates clients calls these two, through IAmazonService.
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonCloudFormationConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig)
    {
        var config = clientConfig as AmazonCloudFormationConfig ?? throw new AmazonClientException(
            $"{clientConfig?.GetType().Name} is not an AmazonCloudFormationConfig.");
        return awsCredentials is null ? new AmazonCloudFormationClient(config) : new AmazonCloudFormationClient(awsCredentials, config);
    }
#pragma warning restore CA1033

    /// <summary>Describes a stack with the values of its parameters.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The answer of the service.</returns>
    Task<DescribeStacksResponse> DescribeStacksAsync(DescribeStacksRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads the template of a stack.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The answer of the service.</returns>
    Task<GetTemplateResponse> GetTemplateAsync(GetTemplateRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the resources of a stack, page by page.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The answer of the service.</returns>
    Task<ListStackResourcesResponse> ListStackResourcesAsync(
        ListStackResourcesRequest request, CancellationToken cancellationToken = default);
}
