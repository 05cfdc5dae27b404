using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Dispatcher.LocalServers.Moto;

/// <summary>The subnets of moto's default VPC, in one of which a task on Fargate gets its network interface.</summary>
public static partial class MotoSubnets
{
    /// <summary>Finds a subnet. It is another one after each reset of the server.</summary>
    /// <param name="moto">The server.</param>
    /// <param name="cancellationToken">Fires when the caller waits no longer.</param>
    /// <returns>The id of the subnet.</returns>
    /// <exception cref="InvalidDataException">The server names no subnet.</exception>
    public static async Task<string> FindSubnetAsync(this MotoServer moto, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(moto);

        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, moto.Url)
        {
            Content = new StringContent(
                "Action=DescribeSubnets&Version=2016-11-15", new MediaTypeHeaderValue("application/x-www-form-urlencoded")),
        };
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await client.SendAsync(request, cancellationToken);
        var answer = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
        return Subnet().Match(answer) is { Success: true } match ? match.Value : throw new InvalidDataException(answer);
    }

    [GeneratedRegex("subnet-[0-9a-f]+")]
    private static partial Regex Subnet();
}
