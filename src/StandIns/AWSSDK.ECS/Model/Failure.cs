using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>Something that could not be done or found.</summary>
public class Failure : IJsonResponse
{
    /// <summary>Gets or sets the ARN.</summary>
    public string Arn { get; set; }

    /// <summary>Gets or sets the detail.</summary>
    public string Detail { get; set; }

    /// <summary>Gets or sets the reason.</summary>
    public string Reason { get; set; }

    void IJsonResponse.Read(JsonElement json)
    {
        Arn = json.Text("arn");
        Detail = json.Text("detail");
        Reason = json.Text("reason");
    }
}
