namespace Dispatcher.Hosting;

/// <summary>Takes the metrics of each run. Register any number as singletons.</summary>
public interface IMetricsSink
{
    /// <summary>Emits the metrics of one namespace, and returns when they are out of the process.</summary>
    /// <param name="batch">The metrics.</param>
    /// <param name="cancellationToken">Fires when emitting takes too long.</param>
    /// <returns>A task that ends when the metrics are out.</returns>
    Task EmitAsync(MetricBatch batch, CancellationToken cancellationToken);
}
