using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>What differs from the task definition.</summary>
public class TaskOverride : IJsonRequest, IJsonResponse
{
    /// <summary>Gets or sets the container overrides.</summary>
    public List<ContainerOverride> ContainerOverrides { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the CPU units.</summary>
    public string Cpu { get; set; }

    /// <summary>Gets or sets the ephemeral storage.</summary>
    public EphemeralStorage EphemeralStorage { get; set; }

    /// <summary>Gets or sets the execution role ARN.</summary>
    public string ExecutionRoleArn { get; set; }

    /// <summary>Gets or sets the memory in MiB.</summary>
    public string Memory { get; set; }

    /// <summary>Gets or sets the task role ARN.</summary>
    public string TaskRoleArn { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("containerOverrides", ContainerOverrides);
        json.Put("cpu", Cpu);
        json.Put("ephemeralStorage", EphemeralStorage);
        json.Put("executionRoleArn", ExecutionRoleArn);
        json.Put("memory", Memory);
        json.Put("taskRoleArn", TaskRoleArn);
    }

    void IJsonResponse.Read(JsonElement json)
    {
        ContainerOverrides = json.Items<ContainerOverride>("containerOverrides");
        Cpu = json.Text("cpu");
        EphemeralStorage = json.Item<EphemeralStorage>("ephemeralStorage");
        ExecutionRoleArn = json.Text("executionRoleArn");
        Memory = json.Text("memory");
        TaskRoleArn = json.Text("taskRoleArn");
    }
}
