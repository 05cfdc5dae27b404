namespace Dispatcher.Hosting;

/// <summary>
/// The store of runs that several processes share: their records, and leases, by which the first of several deliveries of a slot runs it
/// and a job runs one at a time. A table in AWS, a file on a laptop, memory in a test.
/// </summary>
public interface IRunStore : IRunHistory, IRunSink
{
    /// <summary>Takes a lease that nobody holds, or whose holder has let it expire.</summary>
    /// <param name="request">The lease.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The lease, or who holds it, or how its work was finished.</returns>
    Task<LeaseResult> AcquireAsync(LeaseRequest request, CancellationToken cancellationToken = default);

    /// <summary>Extends leases, all or none.</summary>
    /// <param name="leases">Leases of one run.</param>
    /// <param name="until">The new end.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns><see langword="false"/> if one of them is not held any more: somebody else has taken it over.</returns>
    Task<bool> RenewAsync(IReadOnlyList<Lease> leases, DateTimeOffset until, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends leases. A lease with an outcome is finished: until the outcome expires, a request for it is answered with the outcome. A lease
    /// without one is released, and the next request gets it. A lease that somebody else has taken over stays as it is.
    /// </summary>
    /// <param name="ends">Leases of one run.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that ends when the leases have ended.</returns>
    Task EndAsync(IReadOnlyList<LeaseEnd> ends, CancellationToken cancellationToken = default);

    /// <summary>Reads leases without taking them. What was written before the call began is in the answer.</summary>
    /// <param name="job">The name of the job.</param>
    /// <param name="keys">The keys of the leases, at most 100.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>
    /// One answer per key: who holds the lease; else the outcome of its last work, even one that is not kept any more; else
    /// <see langword="null"/>.
    /// </returns>
    Task<IReadOnlyList<LeaseResult?>> ReadLeasesAsync(
        string job, IReadOnlyList<string> keys, CancellationToken cancellationToken = default);

    /// <summary>Lists the runs of a job that are at work: those that hold a lease. A run without a lease is not seen.</summary>
    /// <param name="job">The name of the job.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>
    /// The runs, the longest first, each once, with the beginning of its first lease and the end of its last. The default implementation
    /// returns none.
    /// </returns>
    Task<IReadOnlyList<LeaseHolder>> ListRunningAsync(string job, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<LeaseHolder>>([]);

    /// <summary>Reads one record by its key.</summary>
    /// <param name="job">The name of the job.</param>
    /// <param name="runId">The whole id of the run.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The record; <see langword="null"/> if the store has none of that id.</returns>
    Task<RunRecord?> GetAsync(string job, string runId, CancellationToken cancellationToken = default);
}
