using System.Collections.Concurrent;
using Dispatcher.Hosting;

namespace Dispatcher.Testing;

/// <summary>Keeps the metrics of runs.</summary>
public sealed class RecordingMetricsSink : IMetricsSink
{
    private readonly ConcurrentQueue<MetricBatch> _batches = new();

    /// <summary>Gets the metrics so far, in order.</summary>
    public IReadOnlyList<MetricBatch> Batches => [.. _batches];

    /// <summary>Takes the one value of a metric.</summary>
    /// <param name="name">The metric's name.</param>
    /// <returns>The value of the last batch that has the metric.</returns>
    public double Value(string name) => _batches.SelectMany(batch => batch.Values).Last(value => value.Name == name).Value;

    /// <inheritdoc />
    public Task EmitAsync(MetricBatch batch, CancellationToken cancellationToken)
    {
        _batches.Enqueue(batch);
        return Task.CompletedTask;
    }
}
