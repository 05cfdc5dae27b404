using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Dispatcher.Hosting;

namespace Dispatcher.Aws.Metrics;

/// <summary>
/// A sink that sends the metrics of runs to CloudWatch with PutMetricData. The client is created when the first run has ended.
/// </summary>
internal sealed class CloudWatchMetricsSink(Lazy<IAmazonCloudWatch> cloudWatch) : IMetricsSink
{
    /// <summary>
    /// PutMetricData accepts 1,000 values and 1 MB. A value with 30 dimensions may need 40 kB; one as written here needs 300 bytes.
    /// </summary>
    private const int MaxValues = 1000;

    public async Task EmitAsync(MetricBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);

        // CloudWatch rejects the whole request if one value is not a number.
        foreach (var values in batch.Values.Where(static value => double.IsFinite(value.Value)).Chunk(MaxValues))
        {
            var request = new PutMetricDataRequest
            {
                Namespace = batch.Namespace,
                MetricData = [.. values.Select(value => ToDatum(batch, value))],
            };
            await cloudWatch.Value.PutMetricDataAsync(request, cancellationToken);
        }
    }

    private static MetricDatum ToDatum(MetricBatch batch, MetricValue value) => new()
    {
        MetricName = value.Name,
        Value = value.Value,
        Unit = StandardUnit.FindValue(value.Unit.ToString()),
        Timestamp = batch.Timestamp.UtcDateTime,
        Dimensions = [.. batch.Dimensions.Select(static dimension => new Dimension { Name = dimension.Name, Value = dimension.Value })],
    };
}
