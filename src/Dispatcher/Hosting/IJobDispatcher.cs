namespace Dispatcher.Hosting;

/// <summary>The dispatcher, which runs the job of a request through the pipeline.</summary>
public interface IJobDispatcher
{
    /// <summary>Runs one request to its end.</summary>
    /// <param name="request">The request, from <see cref="JobRequestReader"/>.</param>
    /// <param name="cancellationToken">Fires when the caller gives up.</param>
    /// <returns>
    /// The record of the run, also of a failed one: a host that has to fail then calls <see cref="RunRecordExtensions.EnsureSucceeded"/>.
    /// </returns>
    /// <exception cref="JobRequestException">An environment variable that every run obeys is unreadable. Nothing has run.</exception>
    Task<RunRecord> DispatchAsync(BoundRequest request, CancellationToken cancellationToken = default);
}
