using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.CloudWatch.Model;

/// <summary>A summary of many values.</summary>
public class StatisticSet : IJsonRequest
{
    /// <summary>Gets or sets the maximum.</summary>
    public double? Maximum { get; set; }

    /// <summary>Gets or sets the minimum.</summary>
    public double? Minimum { get; set; }

    /// <summary>Gets or sets how many values there were.</summary>
    public double? SampleCount { get; set; }

    /// <summary>Gets or sets the sum.</summary>
    public double? Sum { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("Maximum", Maximum);
        json.Put("Minimum", Minimum);
        json.Put("SampleCount", SampleCount);
        json.Put("Sum", Sum);
    }
}
