using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>A task and its state.</summary>
public class Task : IJsonResponse
{
    /// <summary>Gets or sets the attachments.</summary>
    public List<Attachment> Attachments { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the availability zone.</summary>
    public string AvailabilityZone { get; set; }

    /// <summary>Gets or sets the capacity provider name.</summary>
    public string CapacityProviderName { get; set; }

    /// <summary>Gets or sets the cluster ARN.</summary>
    public string ClusterArn { get; set; }

    /// <summary>Gets or sets the connectivity.</summary>
    public Connectivity Connectivity { get; set; }

    /// <summary>Gets or sets when the connectivity last changed, in UTC.</summary>
    public DateTime? ConnectivityAt { get; set; }

    /// <summary>Gets or sets the container instance ARN.</summary>
    public string ContainerInstanceArn { get; set; }

    /// <summary>Gets or sets the containers.</summary>
    public List<Container> Containers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the CPU units.</summary>
    public string Cpu { get; set; }

    /// <summary>Gets or sets when the task was created, in UTC.</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary>Gets or sets the desired status.</summary>
    public string DesiredStatus { get; set; }

    /// <summary>Gets or sets whether commands may be run in the containers.</summary>
    public bool? EnableExecuteCommand { get; set; }

    /// <summary>Gets or sets the ephemeral storage.</summary>
    public EphemeralStorage EphemeralStorage { get; set; }

    /// <summary>Gets or sets when the containers stopped, in UTC.</summary>
    public DateTime? ExecutionStoppedAt { get; set; }

    /// <summary>Gets or sets the group.</summary>
    public string Group { get; set; }

    /// <summary>Gets or sets the health status.</summary>
    public HealthStatus HealthStatus { get; set; }

    /// <summary>Gets or sets the last status.</summary>
    public string LastStatus { get; set; }

    /// <summary>Gets or sets the launch type.</summary>
    public LaunchType LaunchType { get; set; }

    /// <summary>Gets or sets the memory in MiB.</summary>
    public string Memory { get; set; }

    /// <summary>Gets or sets what differs from the task definition.</summary>
    public TaskOverride Overrides { get; set; }

    /// <summary>Gets or sets the platform family.</summary>
    public string PlatformFamily { get; set; }

    /// <summary>Gets or sets the platform version.</summary>
    public string PlatformVersion { get; set; }

    /// <summary>Gets or sets when the pull of the images began, in UTC.</summary>
    public DateTime? PullStartedAt { get; set; }

    /// <summary>Gets or sets when the pull of the images ended, in UTC.</summary>
    public DateTime? PullStoppedAt { get; set; }

    /// <summary>Gets or sets when the task began to run, in UTC.</summary>
    public DateTime? StartedAt { get; set; }

    /// <summary>Gets or sets who started the task, at most 128 characters.</summary>
    public string StartedBy { get; set; }

    /// <summary>Gets or sets the stop code.</summary>
    public TaskStopCode StopCode { get; set; }

    /// <summary>Gets or sets when the task had stopped, in UTC.</summary>
    public DateTime? StoppedAt { get; set; }

    /// <summary>Gets or sets the stopped reason.</summary>
    public string StoppedReason { get; set; }

    /// <summary>Gets or sets when the task began to stop, in UTC.</summary>
    public DateTime? StoppingAt { get; set; }

    /// <summary>Gets or sets the tags.</summary>
    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the task ARN.</summary>
    public string TaskArn { get; set; }

    /// <summary>Gets or sets the task definition ARN.</summary>
    public string TaskDefinitionArn { get; set; }

    /// <summary>Gets or sets the version of the description; it grows with every change of state.</summary>
    public long? Version { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        Attachments = json.Items<Attachment>("attachments");
        AvailabilityZone = json.Text("availabilityZone");
        CapacityProviderName = json.Text("capacityProviderName");
        ClusterArn = json.Text("clusterArn");
        Connectivity = json.Text("connectivity");
        ConnectivityAt = json.Time("connectivityAt");
        ContainerInstanceArn = json.Text("containerInstanceArn");
        Containers = json.Items<Container>("containers");
        Cpu = json.Text("cpu");
        CreatedAt = json.Time("createdAt");
        DesiredStatus = json.Text("desiredStatus");
        EnableExecuteCommand = json.Flag("enableExecuteCommand");
        EphemeralStorage = json.Item<EphemeralStorage>("ephemeralStorage");
        ExecutionStoppedAt = json.Time("executionStoppedAt");
        Group = json.Text("group");
        HealthStatus = json.Text("healthStatus");
        LastStatus = json.Text("lastStatus");
        LaunchType = json.Text("launchType");
        Memory = json.Text("memory");
        Overrides = json.Item<TaskOverride>("overrides");
        PlatformFamily = json.Text("platformFamily");
        PlatformVersion = json.Text("platformVersion");
        PullStartedAt = json.Time("pullStartedAt");
        PullStoppedAt = json.Time("pullStoppedAt");
        StartedAt = json.Time("startedAt");
        StartedBy = json.Text("startedBy");
        StopCode = json.Text("stopCode");
        StoppedAt = json.Time("stoppedAt");
        StoppedReason = json.Text("stoppedReason");
        StoppingAt = json.Time("stoppingAt");
        Tags = json.Items<Tag>("tags");
        TaskArn = json.Text("taskArn");
        TaskDefinitionArn = json.Text("taskDefinitionArn");
        Version = json.Long("version");
    }
}
