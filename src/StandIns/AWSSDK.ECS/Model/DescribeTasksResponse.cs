using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>Describes the tasks that were found.</summary>
public class DescribeTasksResponse : AmazonWebServiceResponse, IJsonResponse
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
