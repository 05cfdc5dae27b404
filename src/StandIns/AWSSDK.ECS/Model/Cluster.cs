using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>A cluster.</summary>
public class Cluster : IJsonResponse
{
    /// <summary>Gets or sets the ARN.</summary>
    public string ClusterArn { get; set; }

    /// <summary>Gets or sets the name.</summary>
    public string ClusterName { get; set; }

    /// <summary>Gets or sets the status, such as ACTIVE.</summary>
    public string Status { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        ClusterArn = json.Text("clusterArn");
        ClusterName = json.Text("clusterName");
        Status = json.Text("status");
    }
}
