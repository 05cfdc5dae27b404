using System.Text.Json;
using Amazon.StandIns;

namespace Amazon.CloudWatch.Model;

/// <summary>Publishes data points of metrics.</summary>
public class PutMetricDataRequest : AmazonCloudWatchRequest, IJsonRequest
{
    /// <summary>Gets or sets the data points, at most 1,000.</summary>
    public List<MetricDatum> MetricData { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Gets or sets the namespace of the metrics.</summary>
    public string Namespace { get; set; }

    void IJsonRequest.Write(Utf8JsonWriter json)
    {
        json.Put("MetricData", MetricData);
        json.Put("Namespace", Namespace);
    }
}
