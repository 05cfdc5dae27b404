namespace Dispatcher.Hosting;

/// <summary>Runs the job that a request names, through the pipeline.</summary>
public interface IJobDispatcher
{
    /// <summary>Runs one request to its end.</summary>
    /// <param name="request">The request, usually from <see cref="JobRequestReader"/>.</param>
    /// <param name="cancellationToken">Fires when the caller gives up.</param>
    /// <returns>
    /// The record of the run, also of a failed one: a host that has to fail then calls <see cref="JobRunSummary.EnsureSucceeded"/>.
    /// </returns>
    /// <exception cref="JobRequestException">No such job, or its parameters are wrong. Nothing has run; all problems are in the message.</exception>
    Task<JobRunSummary> DispatchAsync(JobRequest request, CancellationToken cancellationToken = default);
}
