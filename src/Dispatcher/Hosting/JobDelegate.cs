namespace Dispatcher.Hosting;

/// <summary>Runs the rest of the pipeline: the next middleware or, at its end, the job.</summary>
/// <param name="context">The run.</param>
/// <param name="cancellationToken">Fires when the run has to stop.</param>
/// <returns>How the run ended.</returns>
public delegate Task<JobResult> JobDelegate(JobContext context, CancellationToken cancellationToken);
