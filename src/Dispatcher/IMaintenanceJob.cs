namespace Dispatcher;

/// <summary>
/// Does one kind of maintenance work, whenever its name is dispatched.
/// </summary>
/// <remarks>
/// A job is made anew for every attempt, in a dependency-injection scope of its own. Most jobs derive from
/// <see cref="MaintenanceJob{TParameters}"/>, which hands them validated parameters. A job performs no side effect
/// directly: it proposes each one to <see cref="JobContext.Changes"/>, so that a dry run is the same code.
/// </remarks>
public interface IMaintenanceJob
{
    /// <summary>Runs the job once.</summary>
    /// <param name="context">What this run was asked for, and what it may use: the change gate, counters, progress, the log.</param>
    /// <param name="cancellationToken">
    /// Fires a margin before the deadline, or when the caller gives up. A job stops at the next item boundary and either returns
    /// <see cref="JobResult.Continued"/> or lets the <see cref="OperationCanceledException"/> through.
    /// </param>
    /// <returns>How the run ended.</returns>
    Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken);
}
