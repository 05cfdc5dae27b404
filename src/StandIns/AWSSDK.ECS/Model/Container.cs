using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>A container of a task.</summary>
public class Container : IJsonResponse
{
    /// <summary>Gets or sets the container ARN.</summary>
    public string ContainerArn { get; set; }

    /// <summary>Gets or sets the CPU units.</summary>
    public string Cpu { get; set; }

    /// <summary>Gets or sets the exit code; null while the container runs.</summary>
    public int? ExitCode { get; set; }

    /// <summary>Gets or sets the health status.</summary>
    public HealthStatus HealthStatus { get; set; }

    /// <summary>Gets or sets the image.</summary>
    public string Image { get; set; }

    /// <summary>Gets or sets the image digest.</summary>
    public string ImageDigest { get; set; }

    /// <summary>Gets or sets the last status.</summary>
    public string LastStatus { get; set; }

    /// <summary>Gets or sets the memory in MiB.</summary>
    public string Memory { get; set; }

    /// <summary>Gets or sets the soft limit of the memory in MiB.</summary>
    public string MemoryReservation { get; set; }

    /// <summary>Gets or sets the name.</summary>
    public string Name { get; set; }

    /// <summary>Gets or sets the network interfaces.</summary>
    public List<NetworkInterface> NetworkInterfaces { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the reason.</summary>
    public string Reason { get; set; }

    /// <summary>Gets or sets the runtime identifier.</summary>
    public string RuntimeId { get; set; }

    /// <summary>Gets or sets the task ARN.</summary>
    public string TaskArn { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        ContainerArn = json.Text("containerArn");
        Cpu = json.Text("cpu");
        ExitCode = json.Integer("exitCode");
        HealthStatus = json.Text("healthStatus");
        Image = json.Text("image");
        ImageDigest = json.Text("imageDigest");
        LastStatus = json.Text("lastStatus");
        Memory = json.Text("memory");
        MemoryReservation = json.Text("memoryReservation");
        Name = json.Text("name");
        NetworkInterfaces = json.Items<NetworkInterface>("networkInterfaces");
        Reason = json.Text("reason");
        RuntimeId = json.Text("runtimeId");
        TaskArn = json.Text("taskArn");
    }
}
