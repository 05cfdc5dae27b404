using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>Starts tasks.</summary>
public class RunTaskRequest : AmazonECSRequest, IJsonRequest
{
    /// <summary>Gets or sets the capacity provider strategy.</summary>
    public List<CapacityProviderStrategyItem> CapacityProviderStrategy { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets what makes a repeated request start nothing new.</summary>
    public string ClientToken { get; set; }

    /// <summary>Gets or sets the name or ARN of the cluster; null for the default one.</summary>
    public string Cluster { get; set; }

    /// <summary>Gets or sets how many tasks to start, at most 10.</summary>
    public int? Count { get; set; }

    /// <summary>Gets or sets whether ECS tags the tasks itself.</summary>
    public bool? EnableECSManagedTags { get; set; }

    /// <summary>Gets or sets whether commands may be run in the containers.</summary>
    public bool? EnableExecuteCommand { get; set; }

    /// <summary>Gets or sets the group.</summary>
    public string Group { get; set; }

    /// <summary>Gets or sets the launch type.</summary>
    public LaunchType LaunchType { get; set; }

    /// <summary>Gets or sets the network configuration.</summary>
    public NetworkConfiguration NetworkConfiguration { get; set; }

    /// <summary>Gets or sets what differs from the task definition.</summary>
    public TaskOverride Overrides { get; set; }

    /// <summary>Gets or sets the platform version.</summary>
    public string PlatformVersion { get; set; }

    /// <summary>Gets or sets the propagate tags.</summary>
    public PropagateTags PropagateTags { get; set; }

    /// <summary>Gets or sets the reference identifier.</summary>
    public string ReferenceId { get; set; }

    /// <summary>Gets or sets who started the task, at most 128 characters.</summary>
    public string StartedBy { get; set; }

    /// <summary>Gets or sets the tags.</summary>
    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the family, family and revision, or ARN of the task definition.</summary>
    public string TaskDefinition { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("capacityProviderStrategy", CapacityProviderStrategy);
        json.Put("clientToken", ClientToken);
        json.Put("cluster", Cluster);
        json.Put("count", Count);
        json.Put("enableECSManagedTags", EnableECSManagedTags);
        json.Put("enableExecuteCommand", EnableExecuteCommand);
        json.Put("group", Group);
        json.Put("launchType", LaunchType?.Value);
        json.Put("networkConfiguration", NetworkConfiguration);
        json.Put("overrides", Overrides);
        json.Put("platformVersion", PlatformVersion);
        json.Put("propagateTags", PropagateTags?.Value);
        json.Put("referenceId", ReferenceId);
        json.Put("startedBy", StartedBy);
        json.Put("tags", Tags);
        json.Put("taskDefinition", TaskDefinition);
    }
}
