using System.Text.Json;
using Amazon.Runtime;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>Holds the task definition.</summary>
public class DescribeTaskDefinitionResponse : AmazonWebServiceResponse, IJsonResponse
{
    /// <summary>Gets or sets the task definition.</summary>
    public TaskDefinition TaskDefinition { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        TaskDefinition = json.Item<TaskDefinition>("taskDefinition");
    }
}
