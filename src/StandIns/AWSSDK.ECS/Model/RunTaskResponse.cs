using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>Holds the tasks that were started.</summary>
public class RunTaskResponse : AmazonWebServiceResponse, IJsonResponse
{
    /// <summary>Gets or sets what failed.</summary>
    public List<Failure> Failures { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the tasks.</summary>
    public List<Task> Tasks { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    void IJsonResponse.Read(JsonElement json)
    {
        Failures = json.Items<Failure>("failures");
        Tasks = json.Items<Task>("tasks");
    }
}
