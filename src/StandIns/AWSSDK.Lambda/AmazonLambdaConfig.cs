using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.StandIns;
using Amazon.Util.Internal;

namespace Amazon.Lambda;

/// <summary>The configuration of a client of AWS Lambda.</summary>
public class AmazonLambdaConfig : ClientConfig
{
    private static readonly string StandInUserAgent = InternalSDKUtils.BuildUserAgentString(ServiceId, "4.0.0.0");

    /// <summary>Creates a configuration that the environment and the profile files fill in.</summary>
    public AmazonLambdaConfig()
        : base(StandInDefaults.Provider)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "lambda";
        EndpointProvider = new RegionalEndpointProvider("lambda");
    }

    /// <summary>Gets the name of the service in environment variables and profile files.</summary>
    public static new string ServiceId => "Lambda";

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "lambda";

    /// <inheritdoc/>
    public override string ServiceVersion => "2015-03-31";

    /// <inheritdoc/>
    public override string UserAgent => StandInUserAgent;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        RegionalEndpointResolver.Resolve(this, parameters);
}
