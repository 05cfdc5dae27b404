using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>Describes the task that stops.</summary>
public class StopTaskResponse : AmazonWebServiceResponse, IJsonResponse
{
    /// <summary>Gets or sets the task.</summary>
    public Task Task { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        Task = json.Item<Task>("task");
    }
}
