using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.CloudWatch.Model;

/// <summary>A name and a value that set one series of a metric apart from the others.</summary>
public class Dimension : IJsonRequest
{
    /// <summary>Gets or sets the name.</summary>
    public string Name { get; set; }

    /// <summary>Gets or sets the value.</summary>
    public string Value { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("Name", Name);
        json.Put("Value", Value);
    }
}
