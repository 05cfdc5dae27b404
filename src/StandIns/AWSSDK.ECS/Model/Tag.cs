using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>A tag.</summary>
public class Tag : IJsonRequest, IJsonResponse
{
    /// <summary>Gets or sets the key.</summary>
    public string Key { get; set; }

    /// <summary>Gets or sets the value.</summary>
    public string Value { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("key", Key);
        json.Put("value", Value);
    }

    void IJsonResponse.Read(JsonElement json)
    {
        Key = json.Text("key");
        Value = json.Text("value");
    }
}
