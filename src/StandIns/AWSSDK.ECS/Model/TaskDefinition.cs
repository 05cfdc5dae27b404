using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>A task definition.</summary>
public class TaskDefinition : IJsonResponse
{
    /// <summary>Gets or sets what the task definition can run on.</summary>
    public List<string> Compatibilities { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the containers.</summary>
    public List<ContainerDefinition> ContainerDefinitions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the CPU units of the whole task.</summary>
    public string Cpu { get; set; }

    /// <summary>Gets or sets the family.</summary>
    public string Family { get; set; }

    /// <summary>Gets or sets the memory of the whole task in MiB.</summary>
    public string Memory { get; set; }

    /// <summary>Gets or sets the network mode.</summary>
    public NetworkMode NetworkMode { get; set; }

    /// <summary>Gets or sets the revision, from 1.</summary>
    public int? Revision { get; set; }

    /// <summary>Gets or sets the status.</summary>
    public TaskDefinitionStatus Status { get; set; }

    /// <summary>Gets or sets the ARN, with the revision.</summary>
    public string TaskDefinitionArn { get; set; }

    /// <summary>Gets or sets the role that the task's code runs as.</summary>
    public string TaskRoleArn { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        ContainerDefinitions = json.Items<ContainerDefinition>("containerDefinitions");
        Compatibilities = json.Texts("compatibilities");
        Cpu = json.Text("cpu");
        Memory = json.Text("memory");
        NetworkMode = json.Text("networkMode");
        Status = json.Text("status");
        TaskRoleArn = json.Text("taskRoleArn");
        Family = json.Text("family");
        Revision = json.Integer("revision");
        TaskDefinitionArn = json.Text("taskDefinitionArn");
    }
}
