using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>Describes tasks.</summary>
public class DescribeTasksRequest : AmazonECSRequest, IJsonRequest
{
    /// <summary>Gets or sets the name or ARN of the cluster; null for the default one.</summary>
    public string Cluster { get; set; }

    /// <summary>Gets or sets what to describe besides the task itself.</summary>
    public List<TaskField> Include { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the tasks.</summary>
    public List<string> Tasks { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("cluster", Cluster);
        json.Put("include", Include, static (writer, value) => writer.WriteStringValue(value.Value));
        json.Put("tasks", Tasks);
    }
}
