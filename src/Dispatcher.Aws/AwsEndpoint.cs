using Amazon.Runtime;
using Dispatcher.Text;

namespace Dispatcher.Aws;

/// <summary>Functions that describe the address of a client's calls.</summary>
public static class AwsEndpoint
{
    /// <summary>Describes a client's region or, if one is set, its endpoint.</summary>
    /// <param name="client">The client.</param>
    /// <returns>For example <c>region eu-central-1</c> or <c>http://127.0.0.1:5000/</c>.</returns>
    public static string Describe(IAmazonService client)
    {
        ArgumentNullException.ThrowIfNull(client);

        return client.Config switch
        {
            { ServiceURL: { Length: > 0 } url } =>
                Uri.TryCreate(url, UriKind.Absolute, out var endpoint) ? Redaction.Url(endpoint) : Redaction.Mask,
            { RegionEndpoint: { } region } => $"region {region.SystemName}",
            _ => "the configured region",
        };
    }
}
