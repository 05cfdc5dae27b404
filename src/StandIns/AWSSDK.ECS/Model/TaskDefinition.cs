using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>A task definition.</summary>
public class TaskDefinition : IJsonResponse
{
    /// <summary>Gets or sets the containers.</summary>
    public List<ContainerDefinition> ContainerDefinitions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the family.</summary>
    public string Family { get; set; }

    /// <summary>Gets or sets the revision, from 1.</summary>
    public int? Revision { get; set; }

    /// <summary>Gets or sets the ARN, with the revision.</summary>
    public string TaskDefinitionArn { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        ContainerDefinitions = json.Items<ContainerDefinition>("containerDefinitions");
        Family = json.Text("family");
        Revision = json.Integer("revision");
        TaskDefinitionArn = json.Text("taskDefinitionArn");
    }
}
