using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.ECS.Model;

/// <summary>A name and a value, such as an environment variable.</summary>
public class KeyValuePair : IJsonRequest, IJsonResponse
{
    /// <summary>Gets or sets the name.</summary>
    public string Name { get; set; }

    /// <summary>Gets or sets the value.</summary>
    public string Value { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("name", Name);
        json.Put("value", Value);
    }

    void IJsonResponse.Read(JsonElement json)
    {
        Name = json.Text("name");
        Value = json.Text("value");
    }
}
