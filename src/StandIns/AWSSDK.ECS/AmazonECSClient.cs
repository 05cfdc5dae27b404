using Amazon.ECS.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.StandIns;

namespace Amazon.ECS;

/// <summary>Calls Amazon ECS with the pipeline of the AWS SDK: credentials, signing, retries and events are the SDK's own.</summary>
public class AmazonECSClient : AmazonServiceClient, IAmazonECS
{
    private static readonly JsonProtocol Protocol = new()
    {
        ServiceName = "Amazon.ECS",
        ApiVersion = "2014-11-13",
        TargetPrefix = "AmazonEC2ContainerServiceV20141113",
        JsonVersion = "1.1",
        Exception = CreateException,
    };

    private static readonly InvokeOptions CreateClusterOperation = Protocol.Operation<CreateClusterResponse>("CreateCluster");
    private static readonly InvokeOptions DescribeTaskDefinitionOperation = Protocol.Operation<DescribeTaskDefinitionResponse>(
        "DescribeTaskDefinition");
    private static readonly InvokeOptions DescribeTasksOperation = Protocol.Operation<DescribeTasksResponse>("DescribeTasks");
    private static readonly InvokeOptions ListTasksOperation = Protocol.Operation<ListTasksResponse>("ListTasks");
    private static readonly InvokeOptions RegisterTaskDefinitionOperation = Protocol.Operation<RegisterTaskDefinitionResponse>(
        "RegisterTaskDefinition");
    private static readonly InvokeOptions RunTaskOperation = Protocol.Operation<RunTaskResponse>("RunTask");
    private static readonly InvokeOptions StopTaskOperation = Protocol.Operation<StopTaskResponse>("StopTask");

    /// <summary>Creates a client with the credentials, the region and the settings of the environment.</summary>
    public AmazonECSClient()
        : base(new AmazonECSConfig())
    {
    }

    /// <summary>Creates a client with the credentials and the settings of the environment.</summary>
    /// <param name="region">The region.</param>
    public AmazonECSClient(RegionEndpoint region)
        : base(new AmazonECSConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Creates a client with the credentials of the environment.</summary>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonECSClient(AmazonECSConfig clientConfig)
        : base(clientConfig)
    {
    }

    /// <summary>Creates a client with the region and the settings of the environment.</summary>
    /// <param name="credentials">The credentials.</param>
    public AmazonECSClient(AWSCredentials credentials)
        : base(credentials, new AmazonECSConfig())
    {
    }

    /// <summary>Creates a client for a region.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="region">The region.</param>
    public AmazonECSClient(AWSCredentials credentials, RegionEndpoint region)
        : base(credentials, new AmazonECSConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Creates a client with a configuration.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonECSClient(AWSCredentials credentials, AmazonECSConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    /// <summary>Creates a client with an access key.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    public AmazonECSClient(string awsAccessKeyId, string awsSecretAccessKey)
        : base(awsAccessKeyId, awsSecretAccessKey, new AmazonECSConfig())
    {
    }

    /// <summary>Creates a client with an access key.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    /// <param name="region">The region.</param>
    public AmazonECSClient(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : base(awsAccessKeyId, awsSecretAccessKey, new AmazonECSConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Creates a client with an access key.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonECSClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonECSConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig)
    {
    }

    /// <summary>Creates a client with the access key of a session.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    /// <param name="awsSessionToken">The token of the session that the access key belongs to.</param>
    public AmazonECSClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonECSConfig())
    {
    }

    /// <summary>Creates a client with the access key of a session.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    /// <param name="awsSessionToken">The token of the session that the access key belongs to.</param>
    /// <param name="region">The region.</param>
    public AmazonECSClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonECSConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Creates a client with the access key of a session.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    /// <param name="awsSessionToken">The token of the session that the access key belongs to.</param>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonECSClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, AmazonECSConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, clientConfig)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; } = new StandInMetadata(AmazonECSConfig.ServiceId);

    /// <inheritdoc/>
    public virtual System.Threading.Tasks.Task<CreateClusterResponse> CreateClusterAsync(
        CreateClusterRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateClusterResponse>(request, CreateClusterOperation, cancellationToken);

    /// <inheritdoc/>
    public virtual System.Threading.Tasks.Task<DescribeTaskDefinitionResponse> DescribeTaskDefinitionAsync(
        DescribeTaskDefinitionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeTaskDefinitionResponse>(request, DescribeTaskDefinitionOperation, cancellationToken);

    /// <inheritdoc/>
    public virtual System.Threading.Tasks.Task<DescribeTasksResponse> DescribeTasksAsync(
        DescribeTasksRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeTasksResponse>(request, DescribeTasksOperation, cancellationToken);

    /// <inheritdoc/>
    public virtual System.Threading.Tasks.Task<ListTasksResponse> ListTasksAsync(
        ListTasksRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListTasksResponse>(request, ListTasksOperation, cancellationToken);

    /// <inheritdoc/>
    public virtual System.Threading.Tasks.Task<RegisterTaskDefinitionResponse> RegisterTaskDefinitionAsync(
        RegisterTaskDefinitionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<RegisterTaskDefinitionResponse>(request, RegisterTaskDefinitionOperation, cancellationToken);

    /// <inheritdoc/>
    public virtual System.Threading.Tasks.Task<RunTaskResponse> RunTaskAsync(
        RunTaskRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<RunTaskResponse>(request, RunTaskOperation, cancellationToken);

    /// <inheritdoc/>
    public virtual System.Threading.Tasks.Task<StopTaskResponse> StopTaskAsync(
        StopTaskRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<StopTaskResponse>(request, StopTaskOperation, cancellationToken);

    /// <inheritdoc/>
    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => JsonProtocol.Customize(pipeline);

    private static AmazonECSException CreateException(string code, ErrorResponse error) => code switch
    {
        "AccessDeniedException" =>
            new AccessDeniedException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "BlockedException" =>
            new BlockedException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "ClientException" =>
            new ClientException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "ClusterNotFoundException" =>
            new ClusterNotFoundException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "ConflictException" =>
            new ConflictException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "InvalidParameterException" =>
            new InvalidParameterException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "PlatformTaskDefinitionIncompatibilityException" =>
            new PlatformTaskDefinitionIncompatibilityException(
                error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "PlatformUnknownException" =>
            new PlatformUnknownException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "ServerException" =>
            new ServerException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "ServiceNotFoundException" =>
            new ServiceNotFoundException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "UnsupportedFeatureException" =>
            new UnsupportedFeatureException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        _ => new AmazonECSException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
    };
}
