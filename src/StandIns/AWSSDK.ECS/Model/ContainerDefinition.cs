using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>A container of a task definition.</summary>
public class ContainerDefinition : IJsonRequest, IJsonResponse
{
    /// <summary>Gets or sets the CPU units.</summary>
    public int? Cpu { get; set; }

    /// <summary>Gets or sets whether the task stops when this container does.</summary>
    public bool? Essential { get; set; }

    /// <summary>Gets or sets the image.</summary>
    public string Image { get; set; }

    /// <summary>Gets or sets the memory in MiB.</summary>
    public int? Memory { get; set; }

    /// <summary>Gets or sets the name.</summary>
    public string Name { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("cpu", Cpu);
        json.Put("essential", Essential);
        json.Put("image", Image);
        json.Put("memory", Memory);
        json.Put("name", Name);
    }

    void IJsonResponse.Read(JsonElement json)
    {
        Cpu = json.Integer("cpu");
        Essential = json.Flag("essential");
        Image = json.Text("image");
        Memory = json.Integer("memory");
        Name = json.Text("name");
    }
}
