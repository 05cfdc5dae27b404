using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>Holds the cluster.</summary>
public class CreateClusterResponse : AmazonWebServiceResponse, IJsonResponse
{
    /// <summary>Gets or sets the cluster.</summary>
    public Cluster Cluster { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        Cluster = json.Item<Cluster>("cluster");
    }
}
