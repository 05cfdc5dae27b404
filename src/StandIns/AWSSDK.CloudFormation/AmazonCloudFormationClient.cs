using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.StandIns;

namespace Amazon.CloudFormation;

/// <summary>Calls AWS CloudFormation with the SDK's own credentials, signing, retries and events.</summary>
public class AmazonCloudFormationClient : AmazonServiceClient, IAmazonCloudFormation
{
    private static readonly QueryProtocol Protocol = new("Amazon.CloudFormation", "2010-05-15");
    private static readonly InvokeOptions DescribeStacksOperation = Protocol.Operation<DescribeStacksResponse>("DescribeStacks");
    private static readonly InvokeOptions GetTemplateOperation = Protocol.Operation<GetTemplateResponse>("GetTemplate");
    private static readonly InvokeOptions ListStackResourcesOperation =
        Protocol.Operation<ListStackResourcesResponse>("ListStackResources");

    /// <summary>Creates a client with the credentials, the region and the settings of the environment.</summary>
    public AmazonCloudFormationClient()
        : base(new AmazonCloudFormationConfig())
    {
    }

    /// <summary>Creates a client with the credentials of the environment.</summary>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonCloudFormationClient(AmazonCloudFormationConfig clientConfig)
        : base(clientConfig)
    {
    }

    /// <summary>Creates a client with a configuration.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonCloudFormationClient(AWSCredentials credentials, AmazonCloudFormationConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; } = new StandInMetadata(AmazonCloudFormationConfig.ServiceId);

    /// <inheritdoc/>
    public virtual Task<DescribeStacksResponse> DescribeStacksAsync(
        DescribeStacksRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeStacksResponse>(request, DescribeStacksOperation, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetTemplateResponse> GetTemplateAsync(GetTemplateRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetTemplateResponse>(request, GetTemplateOperation, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ListStackResourcesResponse> ListStackResourcesAsync(
        ListStackResourcesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListStackResourcesResponse>(request, ListStackResourcesOperation, cancellationToken);

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) =>
        QueryProtocol.Customize(pipeline);
}
