namespace Dispatcher.Hosting;

/// <summary>A sink that receives the metrics of each run. Register any number as singletons.</summary>
public interface IMetricsSink
{
    /// <summary>Emits the metrics of one namespace, and returns when they are out of the process.</summary>
    /// <param name="batch">The metrics.</param>
    /// <param name="cancellationToken">Cancelled after the timeout of the sinks.</param>
    /// <returns>A task that ends when the metrics are out.</returns>
    Task EmitAsync(MetricBatch batch, CancellationToken cancellationToken);
}
