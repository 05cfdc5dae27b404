using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.CloudWatch.Model;

/// <summary>A data point of a metric: one value, several with their counts, or a summary of many.</summary>
public class MetricDatum : IJsonRequest
{
    /// <summary>Gets or sets how often each of <see cref="Values"/> occurred.</summary>
    public List<double> Counts { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the dimensions, at most 30.</summary>
    public List<Dimension> Dimensions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the name of the metric.</summary>
    public string MetricName { get; set; }

    /// <summary>Gets or sets the summary of many values.</summary>
    public StatisticSet StatisticValues { get; set; }

    /// <summary>Gets or sets the resolution in seconds, 1 or 60.</summary>
    public int? StorageResolution { get; set; }

    /// <summary>Gets or sets the time of the value.</summary>
    public DateTime? Timestamp { get; set; }

    /// <summary>Gets or sets the unit of the value.</summary>
    public StandardUnit Unit { get; set; }

    /// <summary>Gets or sets the value.</summary>
    public double? Value { get; set; }

    /// <summary>Gets or sets several values.</summary>
    public List<double> Values { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("Counts", Counts);
        json.Put("Dimensions", Dimensions);
        json.Put("MetricName", MetricName);
        json.Put("StatisticValues", StatisticValues);
        json.Put("StorageResolution", StorageResolution);
        json.Put("Timestamp", Timestamp);
        json.Put("Unit", Unit?.Value);
        json.Put("Value", Value);
        json.Put("Values", Values);
    }
}
