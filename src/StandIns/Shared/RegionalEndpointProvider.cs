#nullable enable
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.StandIns;

/// <summary>Finds the endpoint of a service that has one per region, such as <c>sqs.eu-central-1.amazonaws.com</c>.</summary>
/// <param name="prefix">The first part of the endpoint's name.</param>
internal sealed class RegionalEndpointProvider(string prefix) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var wanted = (RegionalEndpointParameters)parameters;
        if (!string.IsNullOrEmpty(wanted.Url))
        {
            return new Endpoint(wanted.Url);
        }

        if (wanted.Region is not { } region)
        {
            throw new AmazonClientException(
                "No RegionEndpoint or ServiceURL configured. Set AWS_REGION, or one of the two on the client's configuration.");
        }

        if (wanted.UseDualStack)
        {
            throw new AmazonClientException(
                $"This stand-in for the {prefix} client knows no dual-stack endpoints. Set ServiceURL instead.");
        }

        return new Endpoint($"https://{prefix}{(wanted.UseFips ? "-fips" : string.Empty)}.{region.SystemName}.{region.PartitionDnsSuffix}");
    }
}
