using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>Lists the tasks of one page.</summary>
public class ListTasksResponse : AmazonWebServiceResponse, IJsonResponse
{
    /// <summary>Gets or sets where the next page starts.</summary>
    public string NextToken { get; set; }

    /// <summary>Gets or sets the task ARNs.</summary>
    public List<string> TaskArns { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    void IJsonResponse.Read(JsonElement json)
    {
        NextToken = json.Text("nextToken");
        TaskArns = json.Texts("taskArns");
    }
}
