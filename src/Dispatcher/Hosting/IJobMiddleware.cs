namespace Dispatcher.Hosting;

/// <summary>
/// A middleware, which wraps every run of every job. It is a singleton; what belongs to one run is in the <see cref="JobContext"/>.
/// </summary>
public interface IJobMiddleware
{
    /// <summary>Does its part and calls the rest of the pipeline, or returns a result without calling it.</summary>
    /// <param name="context">The run.</param>
    /// <param name="next">The rest of the pipeline.</param>
    /// <param name="cancellationToken">Fires when the run has to stop. Pass it on, or a token linked to it.</param>
    /// <returns>How the run ended.</returns>
    Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken);
}
