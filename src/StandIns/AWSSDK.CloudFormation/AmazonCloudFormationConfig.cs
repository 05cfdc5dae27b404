using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.StandIns;
using Amazon.Util.Internal;

namespace Amazon.CloudFormation;

/// <summary>The configuration of a client of AWS CloudFormation.</summary>
public class AmazonCloudFormationConfig : ClientConfig
{
    private static readonly string StandInUserAgent = InternalSDKUtils.BuildUserAgentString(ServiceId, "4.0.0.0");

    /// <summary>Creates a configuration that the environment and the profile files fill in.</summary>
    public AmazonCloudFormationConfig()
        : base(StandInDefaults.Provider)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "cloudformation";
        EndpointProvider = new RegionalEndpointProvider("cloudformation");
    }

    /// <summary>Gets the name of the service in environment variables and profile files.</summary>
    public static new string ServiceId => "CloudFormation";

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "cloudformation";

    /// <inheritdoc/>
    public override string ServiceVersion => "2010-05-15";

    /// <inheritdoc/>
    public override string UserAgent => StandInUserAgent;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        RegionalEndpointResolver.Resolve(this, parameters);
}
