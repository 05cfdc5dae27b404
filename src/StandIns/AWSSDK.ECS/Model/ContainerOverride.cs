using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>What differs from the task definition in one container.</summary>
public class ContainerOverride : IJsonRequest, IJsonResponse
{
    /// <summary>Gets or sets the command that replaces the one of the image.</summary>
    public List<string> Command { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the CPU units.</summary>
    public int? Cpu { get; set; }

    /// <summary>Gets or sets the environment.</summary>
    public List<KeyValuePair> Environment { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the memory in MiB.</summary>
    public int? Memory { get; set; }

    /// <summary>Gets or sets the soft limit of the memory in MiB.</summary>
    public int? MemoryReservation { get; set; }

    /// <summary>Gets or sets the name.</summary>
    public string Name { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("command", Command);
        json.Put("cpu", Cpu);
        json.Put("environment", Environment);
        json.Put("memory", Memory);
        json.Put("memoryReservation", MemoryReservation);
        json.Put("name", Name);
    }

    void IJsonResponse.Read(JsonElement json)
    {
        Command = json.Texts("command");
        Cpu = json.Integer("cpu");
        Environment = json.Items<KeyValuePair>("environment");
        Memory = json.Integer("memory");
        MemoryReservation = json.Integer("memoryReservation");
        Name = json.Text("name");
    }
}
