using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>Lists tasks.</summary>
public class ListTasksRequest : AmazonECSRequest, IJsonRequest
{
    /// <summary>Gets or sets the name or ARN of the cluster; null for the default one.</summary>
    public string Cluster { get; set; }

    /// <summary>Gets or sets the container instance.</summary>
    public string ContainerInstance { get; set; }

    /// <summary>Gets or sets the desired status.</summary>
    public DesiredStatus DesiredStatus { get; set; }

    /// <summary>Gets or sets the family.</summary>
    public string Family { get; set; }

    /// <summary>Gets or sets the launch type.</summary>
    public LaunchType LaunchType { get; set; }

    /// <summary>Gets or sets the max results.</summary>
    public int? MaxResults { get; set; }

    /// <summary>Gets or sets where the next page starts.</summary>
    public string NextToken { get; set; }

    /// <summary>Gets or sets the service name.</summary>
    public string ServiceName { get; set; }

    /// <summary>Gets or sets who started the task, at most 128 characters.</summary>
    public string StartedBy { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("cluster", Cluster);
        json.Put("containerInstance", ContainerInstance);
        json.Put("desiredStatus", DesiredStatus?.Value);
        json.Put("family", Family);
        json.Put("launchType", LaunchType?.Value);
        json.Put("maxResults", MaxResults);
        json.Put("nextToken", NextToken);
        json.Put("serviceName", ServiceName);
        json.Put("startedBy", StartedBy);
    }
}
