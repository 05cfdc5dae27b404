namespace Dispatcher;

/// <summary>
/// A job: one kind of maintenance work, run whenever its name is dispatched.
/// </summary>
/// <remarks>
/// A new instance of the job is created for each attempt, in its own dependency-injection scope. Most jobs derive from
/// <see cref="MaintenanceJob{TParameters}"/>, which hands them validated parameters. A job performs no side effect
/// directly: it proposes each one to <see cref="JobContext.Changes"/>, so that a dry run is the same code.
/// </remarks>
public interface IMaintenanceJob
{
    /// <summary>Runs the job once.</summary>
    /// <param name="context">What this run was asked for, and what it may use: the change gate, counters, progress, the log.</param>
    /// <param name="cancellationToken">
    /// Cancelled at the deadline, a margin before the host's limit, or when the caller gives up. A job stops at the next item boundary and
    /// either returns <see cref="JobResult.Continued"/> or lets the <see cref="OperationCanceledException"/> through.
    /// </param>
    /// <returns>How the run ended.</returns>
    Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken);
}
