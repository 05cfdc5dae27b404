using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>Describes a task definition.</summary>
public class DescribeTaskDefinitionRequest : AmazonECSRequest, IJsonRequest
{
    /// <summary>Gets or sets the family, family and revision, or ARN.</summary>
    public string TaskDefinition { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("taskDefinition", TaskDefinition);
    }
}
