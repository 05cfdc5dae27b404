using Dispatcher.Hosting;

namespace Dispatcher.Leases;

/// <summary>A lease of a run, and until when the run may rely on it.</summary>
/// <param name="Lease">The lease.</param>
/// <param name="Kept">Whether its outcome is kept for duplicates, instead of releasing it.</param>
/// <param name="What">What is leased, for messages.</param>
/// <param name="Requested">The timestamp of the moment before it was last requested or renewed.</param>
/// <param name="Until">The end that was requested then, by the clock.</param>
internal sealed record HeldLease(Lease Lease, bool Kept, string What, long Requested, DateTimeOffset Until);
