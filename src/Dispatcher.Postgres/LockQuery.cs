namespace Dispatcher.Postgres;

/// <summary>The locks that a job did not get.</summary>
/// <param name="Relations">The quoted names of the relations.</param>
/// <param name="AdvisoryLock">The name of the advisory lock, as <see cref="PostgresTransaction.TryLockAsync"/> takes it.</param>
/// <param name="ReadersToo">Whether readers of the relations are in the way as well.</param>
internal sealed record LockQuery(string[] Relations, string? AdvisoryLock = null, bool ReadersToo = false);
