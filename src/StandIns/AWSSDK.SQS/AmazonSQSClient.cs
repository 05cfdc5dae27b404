using Amazon.SQS.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.StandIns;

namespace Amazon.SQS;

/// <summary>Calls Amazon SQS with the pipeline of the AWS SDK: credentials, signing, retries and events are the SDK's own.</summary>
public class AmazonSQSClient : AmazonServiceClient, IAmazonSQS
{
    private static readonly JsonProtocol Protocol = new()
    {
        ServiceName = "Amazon.SQS",
        ApiVersion = "2012-11-05",
        TargetPrefix = "AmazonSQS",
        QueryCompatible = true,
        Exception = CreateException,
    };

    private static readonly InvokeOptions CreateQueueOperation = Protocol.Operation<CreateQueueResponse>("CreateQueue");
    private static readonly InvokeOptions DeleteMessageOperation = Protocol.Operation<DeleteMessageResponse>("DeleteMessage");
    private static readonly InvokeOptions GetQueueAttributesOperation = Protocol.Operation<GetQueueAttributesResponse>("GetQueueAttributes");
    private static readonly InvokeOptions GetQueueUrlOperation = Protocol.Operation<GetQueueUrlResponse>("GetQueueUrl");
    private static readonly InvokeOptions ReceiveMessageOperation = Protocol.Operation<ReceiveMessageResponse>("ReceiveMessage");
    private static readonly InvokeOptions SendMessageOperation = Protocol.Operation<SendMessageResponse>("SendMessage");
    private static readonly InvokeOptions SendMessageBatchOperation = Protocol.Operation<SendMessageBatchResponse>("SendMessageBatch");

    /// <summary>Creates a client with the credentials, the region and the settings of the environment.</summary>
    public AmazonSQSClient()
        : base(new AmazonSQSConfig())
    {
    }

    /// <summary>Creates a client with the credentials and the settings of the environment.</summary>
    /// <param name="region">The region.</param>
    public AmazonSQSClient(RegionEndpoint region)
        : base(new AmazonSQSConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Creates a client with the credentials of the environment.</summary>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonSQSClient(AmazonSQSConfig clientConfig)
        : base(clientConfig)
    {
    }

    /// <summary>Creates a client with the region and the settings of the environment.</summary>
    /// <param name="credentials">The credentials.</param>
    public AmazonSQSClient(AWSCredentials credentials)
        : base(credentials, new AmazonSQSConfig())
    {
    }

    /// <summary>Creates a client for a region.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="region">The region.</param>
    public AmazonSQSClient(AWSCredentials credentials, RegionEndpoint region)
        : base(credentials, new AmazonSQSConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Creates a client with a configuration.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonSQSClient(AWSCredentials credentials, AmazonSQSConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    /// <summary>Creates a client with an access key.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    public AmazonSQSClient(string awsAccessKeyId, string awsSecretAccessKey)
        : base(awsAccessKeyId, awsSecretAccessKey, new AmazonSQSConfig())
    {
    }

    /// <summary>Creates a client with an access key.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    /// <param name="region">The region.</param>
    public AmazonSQSClient(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : base(awsAccessKeyId, awsSecretAccessKey, new AmazonSQSConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Creates a client with an access key.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonSQSClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonSQSConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig)
    {
    }

    /// <summary>Creates a client with the access key of a session.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    /// <param name="awsSessionToken">The token of the session that the access key belongs to.</param>
    public AmazonSQSClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonSQSConfig())
    {
    }

    /// <summary>Creates a client with the access key of a session.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    /// <param name="awsSessionToken">The token of the session that the access key belongs to.</param>
    /// <param name="region">The region.</param>
    public AmazonSQSClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonSQSConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Creates a client with the access key of a session.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    /// <param name="awsSessionToken">The token of the session that the access key belongs to.</param>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonSQSClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, AmazonSQSConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, clientConfig)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; } = new StandInMetadata(AmazonSQSConfig.ServiceId);

    /// <inheritdoc/>
    public virtual Task<CreateQueueResponse> CreateQueueAsync(string queueName, CancellationToken cancellationToken = default) =>
        CreateQueueAsync(new CreateQueueRequest(queueName), cancellationToken);

    /// <inheritdoc/>
    public virtual Task<CreateQueueResponse> CreateQueueAsync(CreateQueueRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateQueueResponse>(request, CreateQueueOperation, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DeleteMessageResponse> DeleteMessageAsync(string queueUrl, string receiptHandle, CancellationToken cancellationToken = default) =>
        DeleteMessageAsync(new DeleteMessageRequest(queueUrl, receiptHandle), cancellationToken);

    /// <inheritdoc/>
    public virtual Task<DeleteMessageResponse> DeleteMessageAsync(DeleteMessageRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DeleteMessageResponse>(request, DeleteMessageOperation, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetQueueAttributesResponse> GetQueueAttributesAsync(string queueUrl, List<string> attributeNames, CancellationToken cancellationToken = default) =>
        GetQueueAttributesAsync(new GetQueueAttributesRequest(queueUrl, attributeNames), cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetQueueAttributesResponse> GetQueueAttributesAsync(GetQueueAttributesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetQueueAttributesResponse>(request, GetQueueAttributesOperation, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetQueueUrlResponse> GetQueueUrlAsync(string queueName, CancellationToken cancellationToken = default) =>
        GetQueueUrlAsync(new GetQueueUrlRequest(queueName), cancellationToken);

    /// <inheritdoc/>
    public virtual Task<GetQueueUrlResponse> GetQueueUrlAsync(GetQueueUrlRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetQueueUrlResponse>(request, GetQueueUrlOperation, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ReceiveMessageResponse> ReceiveMessageAsync(string queueUrl, CancellationToken cancellationToken = default) =>
        ReceiveMessageAsync(new ReceiveMessageRequest(queueUrl), cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ReceiveMessageResponse> ReceiveMessageAsync(ReceiveMessageRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ReceiveMessageResponse>(request, ReceiveMessageOperation, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<SendMessageResponse> SendMessageAsync(string queueUrl, string messageBody, CancellationToken cancellationToken = default) =>
        SendMessageAsync(new SendMessageRequest(queueUrl, messageBody), cancellationToken);

    /// <inheritdoc/>
    public virtual Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<SendMessageResponse>(request, SendMessageOperation, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<SendMessageBatchResponse> SendMessageBatchAsync(string queueUrl, List<SendMessageBatchRequestEntry> entries, CancellationToken cancellationToken = default) =>
        SendMessageBatchAsync(new SendMessageBatchRequest(queueUrl, entries), cancellationToken);

    /// <inheritdoc/>
    public virtual Task<SendMessageBatchResponse> SendMessageBatchAsync(SendMessageBatchRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<SendMessageBatchResponse>(request, SendMessageBatchOperation, cancellationToken);

    /// <inheritdoc/>
    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => JsonProtocol.Customize(pipeline);

    private static AmazonSQSException CreateException(string code, ErrorResponse error) => code switch
    {
        "QueueDoesNotExist" or "AWS.SimpleQueueService.NonExistentQueue" => new QueueDoesNotExistException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "QueueNameExists" or "QueueAlreadyExists" => new QueueNameExistsException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "RequestThrottled" => new RequestThrottledException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "OverLimit" => new OverLimitException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "InvalidMessageContents" => new InvalidMessageContentsException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "BatchRequestTooLong" or "AWS.SimpleQueueService.BatchRequestTooLong" => new BatchRequestTooLongException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "TooManyEntriesInBatchRequest" or "AWS.SimpleQueueService.TooManyEntriesInBatchRequest" => new TooManyEntriesInBatchRequestException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "ReceiptHandleIsInvalid" => new ReceiptHandleIsInvalidException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        _ => new AmazonSQSException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
    };
}
