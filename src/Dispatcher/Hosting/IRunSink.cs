namespace Dispatcher.Hosting;

/// <summary>Takes the record of each run, exactly once, however the run ended. Register any number as singletons.</summary>
public interface IRunSink
{
    /// <summary>Writes a record, and returns when it is out of the process.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Fires when writing takes too long.</param>
    /// <returns>A task that ends when the record is out.</returns>
    Task WriteAsync(RunRecord record, CancellationToken cancellationToken);
}
