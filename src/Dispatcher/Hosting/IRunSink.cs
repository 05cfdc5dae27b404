namespace Dispatcher.Hosting;

/// <summary>A sink that receives the record of each run exactly once, however the run ended. Register any number as singletons.</summary>
public interface IRunSink
{
    /// <summary>
    /// Gets a value indicating whether the sink only writes to memory or to the output of the process, as the log does. Such a sink is
    /// called on the thread of the run, without a timeout; any other one on a thread of the pool, because it may block.
    /// </summary>
    /// <value>The default value is <see langword="false"/>.</value>
    bool IsImmediate => false;

    /// <summary>Writes a record, and returns when it is out of the process.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Cancelled after the timeout of the sinks.</param>
    /// <returns>A task that ends when the record is out.</returns>
    Task WriteAsync(RunRecord record, CancellationToken cancellationToken);
}
