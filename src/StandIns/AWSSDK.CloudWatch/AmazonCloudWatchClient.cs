using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.StandIns;

namespace Amazon.CloudWatch;

/// <summary>Calls Amazon CloudWatch with the pipeline of the AWS SDK: credentials, signing, retries and events are the SDK's own.</summary>
public class AmazonCloudWatchClient : AmazonServiceClient, IAmazonCloudWatch
{
    private static readonly JsonProtocol Protocol = new()
    {
        ServiceName = "Amazon.CloudWatch",
        ApiVersion = "2010-08-01",
        TargetPrefix = "GraniteServiceVersion20100801",
        QueryCompatible = true,
        Exception = CreateException,
    };

    private static readonly InvokeOptions PutMetricDataOperation = Protocol.Operation<PutMetricDataResponse>(
        "PutMetricData", compress: true);

    /// <summary>Creates a client with the credentials, the region and the settings of the environment.</summary>
    public AmazonCloudWatchClient()
        : base(new AmazonCloudWatchConfig())
    {
    }

    /// <summary>Creates a client with the credentials and the settings of the environment.</summary>
    /// <param name="region">The region.</param>
    public AmazonCloudWatchClient(RegionEndpoint region)
        : base(new AmazonCloudWatchConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Creates a client with the credentials of the environment.</summary>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonCloudWatchClient(AmazonCloudWatchConfig clientConfig)
        : base(clientConfig)
    {
    }

    /// <summary>Creates a client with the region and the settings of the environment.</summary>
    /// <param name="credentials">The credentials.</param>
    public AmazonCloudWatchClient(AWSCredentials credentials)
        : base(credentials, new AmazonCloudWatchConfig())
    {
    }

    /// <summary>Creates a client for a region.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="region">The region.</param>
    public AmazonCloudWatchClient(AWSCredentials credentials, RegionEndpoint region)
        : base(credentials, new AmazonCloudWatchConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Creates a client with a configuration.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonCloudWatchClient(AWSCredentials credentials, AmazonCloudWatchConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    /// <summary>Creates a client with an access key.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    public AmazonCloudWatchClient(string awsAccessKeyId, string awsSecretAccessKey)
        : base(awsAccessKeyId, awsSecretAccessKey, new AmazonCloudWatchConfig())
    {
    }

    /// <summary>Creates a client with an access key.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    /// <param name="region">The region.</param>
    public AmazonCloudWatchClient(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : base(awsAccessKeyId, awsSecretAccessKey, new AmazonCloudWatchConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Creates a client with an access key.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonCloudWatchClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonCloudWatchConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig)
    {
    }

    /// <summary>Creates a client with the access key of a session.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    /// <param name="awsSessionToken">The token of the session that the access key belongs to.</param>
    public AmazonCloudWatchClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonCloudWatchConfig())
    {
    }

    /// <summary>Creates a client with the access key of a session.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    /// <param name="awsSessionToken">The token of the session that the access key belongs to.</param>
    /// <param name="region">The region.</param>
    public AmazonCloudWatchClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonCloudWatchConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Creates a client with the access key of a session.</summary>
    /// <param name="awsAccessKeyId">The access key.</param>
    /// <param name="awsSecretAccessKey">The secret of the access key.</param>
    /// <param name="awsSessionToken">The token of the session that the access key belongs to.</param>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonCloudWatchClient(
        string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, AmazonCloudWatchConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, clientConfig)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; } = new StandInMetadata(AmazonCloudWatchConfig.ServiceId);

    /// <inheritdoc/>
    public virtual Task<PutMetricDataResponse> PutMetricDataAsync(
        PutMetricDataRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<PutMetricDataResponse>(request, PutMetricDataOperation, cancellationToken);

    /// <inheritdoc/>
    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => JsonProtocol.Customize(pipeline);

    private static AmazonCloudWatchException CreateException(string code, ErrorResponse error) => code switch
    {
        "InvalidParameterValueException" or "InvalidParameterValue" =>
            new InvalidParameterValueException(
                error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "InvalidParameterCombinationException" or "InvalidParameterCombination" =>
            new InvalidParameterCombinationException(
                error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "MissingRequiredParameterException" or "MissingParameter" =>
            new MissingRequiredParameterException(
                error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        "InternalServiceFault" or "InternalServiceError" =>
            new InternalServiceException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        _ => new AmazonCloudWatchException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
    };
}
