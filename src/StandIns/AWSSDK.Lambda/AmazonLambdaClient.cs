using Amazon.Lambda.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.StandIns;

namespace Amazon.Lambda;

/// <summary>Calls AWS Lambda with the SDK's own credentials, signing, retries and events.</summary>
public class AmazonLambdaClient : AmazonServiceClient, IAmazonLambda
{
    private static readonly JsonProtocol Protocol = new()
    {
        ServiceName = "Amazon.Lambda",
        ApiVersion = "2015-03-31",
        Exception = static (_, error) => new AmazonLambdaException(
            error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
    };

    private static readonly InvokeOptions InvokeOperation = Protocol.RestOperation<InvokeResponse>();

    /// <summary>Creates a client with the credentials, the region and the settings of the environment.</summary>
    public AmazonLambdaClient()
        : base(new AmazonLambdaConfig())
    {
    }

    /// <summary>Creates a client with the credentials of the environment.</summary>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonLambdaClient(AmazonLambdaConfig clientConfig)
        : base(clientConfig)
    {
    }

    /// <summary>Creates a client with a configuration.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonLambdaClient(AWSCredentials credentials, AmazonLambdaConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; } = new StandInMetadata(AmazonLambdaConfig.ServiceId);

    /// <inheritdoc/>
    public virtual Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<InvokeResponse>(request, InvokeOperation, cancellationToken);

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) =>
        JsonProtocol.Customize(pipeline);
}
