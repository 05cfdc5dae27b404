using Amazon.CloudWatchLogs.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.StandIns;

namespace Amazon.CloudWatchLogs;

/// <summary>Calls Amazon CloudWatch Logs with the SDK's own credentials, signing, retries and events.</summary>
public class AmazonCloudWatchLogsClient : AmazonServiceClient, IAmazonCloudWatchLogs
{
    private static readonly JsonProtocol Protocol = new()
    {
        ServiceName = "Amazon.CloudWatchLogs",
        ApiVersion = "2014-03-28",
        TargetPrefix = "Logs_20140328",
        JsonVersion = "1.1",
        Exception = static (_, error) => new AmazonCloudWatchLogsException(
            error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
    };

    private static readonly InvokeOptions FilterLogEventsOperation = Protocol.Operation<FilterLogEventsResponse>("FilterLogEvents");

    /// <summary>Creates a client with the credentials, the region and the settings of the environment.</summary>
    public AmazonCloudWatchLogsClient()
        : base(new AmazonCloudWatchLogsConfig())
    {
    }

    /// <summary>Creates a client with the credentials of the environment.</summary>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonCloudWatchLogsClient(AmazonCloudWatchLogsConfig clientConfig)
        : base(clientConfig)
    {
    }

    /// <summary>Creates a client with a configuration.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonCloudWatchLogsClient(AWSCredentials credentials, AmazonCloudWatchLogsConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; } = new StandInMetadata(AmazonCloudWatchLogsConfig.ServiceId);

    /// <inheritdoc/>
    public virtual Task<FilterLogEventsResponse> FilterLogEventsAsync(
        FilterLogEventsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<FilterLogEventsResponse>(request, FilterLogEventsOperation, cancellationToken);

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) =>
        JsonProtocol.Customize(pipeline);
}
