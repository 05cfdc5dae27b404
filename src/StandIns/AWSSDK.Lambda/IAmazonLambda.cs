using Amazon.Lambda.Model;
using Amazon.Runtime;

namespace Amazon.Lambda;

/// <summary>Calls AWS Lambda: the operations that this project needs.</summary>
public interface IAmazonLambda : IAmazonService, IDisposable
{
#pragma warning disable CA1033 // Only generic code that creates clients calls these two, through IAmazonService.
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonLambdaConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig)
    {
        var config = clientConfig as AmazonLambdaConfig ?? throw new AmazonClientException(
            $"{clientConfig?.GetType().Name} is not an AmazonLambdaConfig.");
        return awsCredentials is null ? new AmazonLambdaClient(config) : new AmazonLambdaClient(awsCredentials, config);
    }
#pragma warning restore CA1033

    /// <summary>Invokes a function.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The answer of the service.</returns>
    Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken = default);
}
