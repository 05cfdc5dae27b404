using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>The disk of a task.</summary>
public class EphemeralStorage : IJsonRequest, IJsonResponse
{
    /// <summary>Gets or sets the size in GiB, 21 to 200.</summary>
    public int? SizeInGiB { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("sizeInGiB", SizeInGiB);
    }

    void IJsonResponse.Read(JsonElement json)
    {
        SizeInGiB = json.Integer("sizeInGiB");
    }
}
