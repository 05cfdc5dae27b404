using Dispatcher.Hosting;

namespace Dispatcher.Middleware;

/// <summary>A lease that a middleware wants for a run.</summary>
/// <param name="Key">The key of what is leased.</param>
/// <param name="What">What is leased, for messages and the log: escaped.</param>
/// <param name="Kept">Whether the outcome of the run is kept for later requests of the lease.</param>
/// <param name="RefuseAsync">Creates the result of a run that does not get the lease.</param>
internal sealed record WantedLease(string Key, string What, bool Kept, Func<LeaseResult, CancellationToken, Task<JobResult>> RefuseAsync);
