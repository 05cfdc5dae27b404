namespace Dispatcher.Postgres;

/// <summary>The locks that a job did not get.</summary>
/// <param name="Relations">The quoted names of the relations.</param>
/// <param name="AdvisoryLock">The name of the advisory lock, as passed to <see cref="PostgresTransaction.TryLockAsync"/>.</param>
/// <param name="IncludeReaders">Whether sessions that only read the relations block the job as well.</param>
public sealed record LockQuery(IReadOnlyList<string> Relations, string? AdvisoryLock = null, bool IncludeReaders = false);
