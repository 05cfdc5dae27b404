using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.StandIns;
using Amazon.Util.Internal;

namespace Amazon.EventBridge;

/// <summary>The configuration of a client of Amazon EventBridge.</summary>
public class AmazonEventBridgeConfig : ClientConfig
{
    private static readonly string StandInUserAgent = InternalSDKUtils.BuildUserAgentString(ServiceId, "4.0.0.0");

    /// <summary>Creates a configuration that the environment and the profile files fill in.</summary>
    public AmazonEventBridgeConfig()
        : base(StandInDefaults.Provider)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "events";
        EndpointProvider = new RegionalEndpointProvider("events");
    }

    /// <summary>Gets the name of the service in environment variables and profile files.</summary>
    public static new string ServiceId => "EventBridge";

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "events";

    /// <inheritdoc/>
    public override string ServiceVersion => "2015-10-07";

    /// <inheritdoc/>
    public override string UserAgent => StandInUserAgent;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        RegionalEndpointResolver.Resolve(this, parameters);
}
