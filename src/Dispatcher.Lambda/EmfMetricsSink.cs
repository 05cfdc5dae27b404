using Dispatcher.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Lambda;

/// <summary>
/// A sink that writes metrics as lines in CloudWatch's embedded metric format, from which CloudWatch Logs extracts them without a call or a
/// permission.
/// </summary>
internal sealed class EmfMetricsSink(LambdaOutput output, ILogger<EmfMetricsSink> logger) : IMetricsSink
{
    /// <summary>The most metrics of a directive.</summary>
    internal const int MaxMetrics = 100;

    public bool IsImmediate => true;

    public Task EmitAsync(MetricBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        EmfDocument.Check(batch);

        var values = Finite(batch);
        if (values.Length <= MaxMetrics)
        {
            Write(batch, values);
            return Task.CompletedTask;
        }

        for (var start = 0; start < values.Length; start += MaxMetrics)
        {
            Write(batch, values[start..Math.Min(start + MaxMetrics, values.Length)]);
        }

        return Task.CompletedTask;
    }

    private void Write(MetricBatch batch, MetricValue[] values)
    {
        if (values.Length == 0)
        {
            return;
        }

        var line = EmfDocument.Create(batch, values);
        if (line.Length > LambdaOutput.MaxLineLength && values.Length > 1)
        {
            var half = values.Length / 2;
            Write(batch, values[..half]);
            Write(batch, values[half..]);
            return;
        }

        output.WriteLine(line.Span);
    }

    private MetricValue[] Finite(MetricBatch batch)
    {
        var finite = new MetricValue[batch.Values.Count];
        var count = 0;
        for (var index = 0; index < batch.Values.Count; index++)
        {
            var value = batch.Values[index];
            if (double.IsFinite(value.Value))
            {
                finite[count++] = value;
            }
            else
            {
                Log.MetricNotFinite(logger, batch.Namespace, value.Name, value.Value);
            }
        }

        return count == finite.Length ? finite : finite[..count];
    }
}
