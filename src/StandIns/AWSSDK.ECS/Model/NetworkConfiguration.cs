using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>The network of a task.</summary>
public class NetworkConfiguration : IJsonRequest
{
    /// <summary>Gets or sets the VPC configuration.</summary>
    public AwsVpcConfiguration AwsvpcConfiguration { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("awsvpcConfiguration", AwsvpcConfiguration);
    }
}
