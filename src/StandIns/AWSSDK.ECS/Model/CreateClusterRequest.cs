using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>Makes a cluster.</summary>
public class CreateClusterRequest : AmazonECSRequest, IJsonRequest
{
    /// <summary>Gets or sets the cluster's name; null for <c>default</c>.</summary>
    public string ClusterName { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("clusterName", ClusterName);
    }
}
