using Amazon.EventBridge.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.StandIns;

namespace Amazon.EventBridge;

/// <summary>Calls Amazon EventBridge with the SDK's own credentials, signing, retries and events.</summary>
public class AmazonEventBridgeClient : AmazonServiceClient, IAmazonEventBridge
{
    private static readonly JsonProtocol Protocol = new()
    {
        ServiceName = "Amazon.EventBridge",
        ApiVersion = "2015-10-07",
        TargetPrefix = "AWSEvents",
        JsonVersion = "1.1",
        Exception = static (_, error) => new AmazonEventBridgeException(
            error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
    };

    private static readonly InvokeOptions DescribeRuleOperation = Protocol.Operation<DescribeRuleResponse>("DescribeRule");
    private static readonly InvokeOptions PutRuleOperation = Protocol.Operation<PutRuleResponse>("PutRule");

    /// <summary>Creates a client with the credentials, the region and the settings of the environment.</summary>
    public AmazonEventBridgeClient()
        : base(new AmazonEventBridgeConfig())
    {
    }

    /// <summary>Creates a client with the credentials of the environment.</summary>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonEventBridgeClient(AmazonEventBridgeConfig clientConfig)
        : base(clientConfig)
    {
    }

    /// <summary>Creates a client with a configuration.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonEventBridgeClient(AWSCredentials credentials, AmazonEventBridgeConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; } = new StandInMetadata(AmazonEventBridgeConfig.ServiceId);

    /// <inheritdoc/>
    public virtual Task<DescribeRuleResponse> DescribeRuleAsync(
        DescribeRuleRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeRuleResponse>(request, DescribeRuleOperation, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<PutRuleResponse> PutRuleAsync(PutRuleRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<PutRuleResponse>(request, PutRuleOperation, cancellationToken);

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) =>
        JsonProtocol.Customize(pipeline);
}
