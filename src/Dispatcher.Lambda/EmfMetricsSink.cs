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

        ReadOnlyMemory<MetricValue> values = Finite(batch).ToArray();
        for (; values.Length > MaxMetrics; values = values[MaxMetrics..])
        {
            Write(batch, values[..MaxMetrics]);
        }

        if (!values.IsEmpty)
        {
            Write(batch, values);
        }

        return Task.CompletedTask;
    }

    private void Write(MetricBatch batch, ReadOnlyMemory<MetricValue> values)
    {
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

    private IEnumerable<MetricValue> Finite(MetricBatch batch)
    {
        foreach (var value in batch.Values)
        {
            if (double.IsFinite(value.Value))
            {
                yield return value;
            }
            else
            {
                Log.MetricNotFinite(logger, batch.Namespace, value.Name, value.Value);
            }
        }
    }
}
