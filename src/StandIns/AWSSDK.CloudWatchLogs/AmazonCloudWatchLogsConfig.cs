using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.StandIns;
using Amazon.Util.Internal;

namespace Amazon.CloudWatchLogs;

/// <summary>The configuration of a client of Amazon CloudWatch Logs.</summary>
public class AmazonCloudWatchLogsConfig : ClientConfig
{
    private static readonly string StandInUserAgent = InternalSDKUtils.BuildUserAgentString(ServiceId, "4.0.0.0");

    /// <summary>Creates a configuration that the environment and the profile files fill in.</summary>
    public AmazonCloudWatchLogsConfig()
        : base(StandInDefaults.Provider)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "logs";
        EndpointProvider = new RegionalEndpointProvider("logs");
    }

    /// <summary>Gets the name of the service in environment variables and profile files.</summary>
    public static new string ServiceId => "CloudWatch Logs";

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "logs";

    /// <inheritdoc/>
    public override string ServiceVersion => "2014-03-28";

    /// <inheritdoc/>
    public override string UserAgent => StandInUserAgent;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        RegionalEndpointResolver.Resolve(this, parameters);
}
