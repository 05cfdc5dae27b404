using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>Stops a task.</summary>
public class StopTaskRequest : AmazonECSRequest, IJsonRequest
{
    /// <summary>Gets or sets the name or ARN of the cluster; null for the default one.</summary>
    public string Cluster { get; set; }

    /// <summary>Gets or sets the reason.</summary>
    public string Reason { get; set; }

    /// <summary>Gets or sets the task.</summary>
    public string Task { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("cluster", Cluster);
        json.Put("reason", Reason);
        json.Put("task", Task);
    }
}
