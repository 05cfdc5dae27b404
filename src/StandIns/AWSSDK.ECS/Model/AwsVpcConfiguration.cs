using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>The part of a VPC that a task joins.</summary>
public class AwsVpcConfiguration : IJsonRequest
{
    /// <summary>Gets or sets the assign public IP.</summary>
    public AssignPublicIp AssignPublicIp { get; set; }

    /// <summary>Gets or sets the security groups.</summary>
    public List<string> SecurityGroups { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the subnets.</summary>
    public List<string> Subnets { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("assignPublicIp", AssignPublicIp?.Value);
        json.Put("securityGroups", SecurityGroups);
        json.Put("subnets", Subnets);
    }
}
