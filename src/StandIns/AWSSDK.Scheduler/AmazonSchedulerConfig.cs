using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.StandIns;
using Amazon.Util.Internal;

namespace Amazon.Scheduler;

/// <summary>The configuration of a client of Amazon EventBridge Scheduler.</summary>
public class AmazonSchedulerConfig : ClientConfig
{
    private static readonly string StandInUserAgent = InternalSDKUtils.BuildUserAgentString(ServiceId, "4.0.0.0");

    /// <summary>Creates a configuration that the environment and the profile files fill in.</summary>
    public AmazonSchedulerConfig()
        : base(StandInDefaults.Provider)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "scheduler";
        EndpointProvider = new RegionalEndpointProvider("scheduler");
    }

    /// <summary>Gets the name of the service in environment variables and profile files.</summary>
    public static new string ServiceId => "Scheduler";

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "scheduler";

    /// <inheritdoc/>
    public override string ServiceVersion => "2021-06-30";

    /// <inheritdoc/>
    public override string UserAgent => StandInUserAgent;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        RegionalEndpointResolver.Resolve(this, parameters);
}
