namespace Dispatcher.Hosting;

/// <summary>A sink that receives the metrics of each run. Register any number as singletons.</summary>
public interface IMetricsSink
{
    /// <summary>
    /// Gets a value indicating whether the sink only writes to memory or to the output of the process, as the log does. Such a sink is
    /// called on the thread of the run, without a timeout; any other one on a thread of the pool, because it may block.
    /// </summary>
    /// <value>The default value is <see langword="false"/>.</value>
    bool IsImmediate => false;

    /// <summary>Emits the metrics of one namespace, and returns when they are out of the process.</summary>
    /// <param name="batch">The metrics.</param>
    /// <param name="cancellationToken">Cancelled after the timeout of the sinks.</param>
    /// <returns>A task that ends when the metrics are out.</returns>
    Task EmitAsync(MetricBatch batch, CancellationToken cancellationToken);
}
