using Amazon.Scheduler.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.StandIns;

namespace Amazon.Scheduler;

/// <summary>Calls Amazon EventBridge Scheduler with the SDK's own credentials, signing, retries and events.</summary>
public class AmazonSchedulerClient : AmazonServiceClient, IAmazonScheduler
{
    private static readonly JsonProtocol Protocol = new()
    {
        ServiceName = "Amazon.Scheduler",
        ApiVersion = "2021-06-30",
        Exception = static (_, error) => new AmazonSchedulerException(
            error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
    };

    private static readonly InvokeOptions GetScheduleOperation = Protocol.RestOperation<GetScheduleResponse>();
    private static readonly InvokeOptions UpdateScheduleOperation = Protocol.RestOperation<UpdateScheduleResponse>();

    /// <summary>Creates a client with the credentials, the region and the settings of the environment.</summary>
    public AmazonSchedulerClient()
        : base(new AmazonSchedulerConfig())
    {
    }

    /// <summary>Creates a client with the credentials of the environment.</summary>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonSchedulerClient(AmazonSchedulerConfig clientConfig)
        : base(clientConfig)
    {
    }

    /// <summary>Creates a client with a configuration.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="clientConfig">The configuration.</param>
    public AmazonSchedulerClient(AWSCredentials credentials, AmazonSchedulerConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; } = new StandInMetadata(AmazonSchedulerConfig.ServiceId);

    /// <inheritdoc/>
    public virtual Task<GetScheduleResponse> GetScheduleAsync(GetScheduleRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetScheduleResponse>(request, GetScheduleOperation, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<UpdateScheduleResponse> UpdateScheduleAsync(
        UpdateScheduleRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<UpdateScheduleResponse>(request, UpdateScheduleOperation, cancellationToken);

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) =>
        JsonProtocol.Customize(pipeline);
}
