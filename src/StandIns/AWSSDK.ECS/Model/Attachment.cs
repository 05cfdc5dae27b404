using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>Something attached to a task, such as a network interface.</summary>
public class Attachment : IJsonResponse
{
    /// <summary>Gets or sets the details.</summary>
    public List<KeyValuePair> Details { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the identifier.</summary>
    public string Id { get; set; }

    /// <summary>Gets or sets the status.</summary>
    public string Status { get; set; }

    /// <summary>Gets or sets the type.</summary>
    public string Type { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        Details = json.Items<KeyValuePair>("details");
        Id = json.Text("id");
        Status = json.Text("status");
        Type = json.Text("type");
    }
}
