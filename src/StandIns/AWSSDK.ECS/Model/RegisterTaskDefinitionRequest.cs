using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>Makes a task definition, or the next revision of one.</summary>
public class RegisterTaskDefinitionRequest : AmazonECSRequest, IJsonRequest
{
    /// <summary>Gets or sets the containers.</summary>
    public List<ContainerDefinition> ContainerDefinitions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the CPU units of the whole task.</summary>
    public string Cpu { get; set; }

    /// <summary>Gets or sets the family.</summary>
    public string Family { get; set; }

    /// <summary>Gets or sets the memory of the whole task, in MiB.</summary>
    public string Memory { get; set; }

    /// <summary>Gets or sets the network mode.</summary>
    public NetworkMode NetworkMode { get; set; }

    /// <summary>Gets or sets what the task definition has to run on.</summary>
    public List<string> RequiresCompatibilities { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("containerDefinitions", ContainerDefinitions);
        json.Put("cpu", Cpu);
        json.Put("family", Family);
        json.Put("memory", Memory);
        json.Put("networkMode", NetworkMode?.Value);
        json.Put("requiresCompatibilities", RequiresCompatibilities);
    }
}
