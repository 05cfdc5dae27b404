using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>A network interface of a container.</summary>
public class NetworkInterface : IJsonResponse
{
    /// <summary>Gets or sets the attachment identifier.</summary>
    public string AttachmentId { get; set; }

    /// <summary>Gets or sets the IPv6 address.</summary>
    public string Ipv6Address { get; set; }

    /// <summary>Gets or sets the private IPv4 address.</summary>
    public string PrivateIpv4Address { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        AttachmentId = json.Text("attachmentId");
        Ipv6Address = json.Text("ipv6Address");
        PrivateIpv4Address = json.Text("privateIpv4Address");
    }
}
