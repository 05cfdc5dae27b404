namespace Dispatcher.Hosting;

/// <summary>The end of a lease.</summary>
/// <param name="Lease">The lease.</param>
/// <param name="Outcome">The outcome of its work; <see langword="null"/> to release the lease for the next request.</param>
public sealed record LeaseEnd(Lease Lease, LeaseOutcome? Outcome = null);
