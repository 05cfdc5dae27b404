#nullable enable
using Amazon.Runtime.Endpoints;
using Amazon.Runtime;

namespace Amazon.StandIns;

/// <summary>What decides over the endpoint of a service that has one per region.</summary>
internal sealed class RegionalEndpointParameters : EndpointParameters
{
    public RegionalEndpointParameters(IClientConfig config, RegionEndpoint? alternative)
    {
        Url = config.ServiceURL;
        Region = alternative ?? config.RegionEndpoint;
        UseFips = config.UseFIPSEndpoint;
        UseDualStack = config.UseDualstackEndpoint;
    }

    public string? Url { get; }

    public RegionEndpoint? Region { get; }

    public bool UseFips { get; }

    public bool UseDualStack { get; }
}
