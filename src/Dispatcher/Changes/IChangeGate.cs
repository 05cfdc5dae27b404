namespace Dispatcher.Changes;

/// <summary>
/// Is the one way from a job to a side effect. A real run passes each change through to <c>apply</c>; a dry run records it
/// and never calls <c>apply</c>. Thread-safe.
/// </summary>
/// <remarks>
/// An exception from <c>apply</c> becomes an item error and a <see cref="ChangeOutcomeKind.Failed"/> outcome, so that one bad
/// item does not lose the run. These are let through instead, because no later item would fare better: cancellation, a denied
/// permission, a refused change (<see cref="ChangeLimitExceededException"/>, <see cref="DryRun.DryRunViolationException"/>).
/// </remarks>
public interface IChangeGate
{
    /// <summary>
    /// Announces how many changes the plan holds, so that a plan that is too large is refused before its first change.
    /// </summary>
    /// <param name="changes">How many changes are still to come.</param>
    /// <exception cref="ChangeLimitExceededException">The run would exceed its limit. Not thrown in a dry run, which reports it instead.</exception>
    void EnsureWithinLimit(long changes);

    /// <summary>Makes one change.</summary>
    /// <param name="change">What is to be done.</param>
    /// <param name="apply">Does it. Not called in a dry run.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ArgumentException">Its <see cref="Change.Counter"/> is empty; the change was not made.</exception>
    /// <exception cref="ChangeLimitExceededException">The limit is reached; the change was not made.</exception>
    Task<ChangeOutcome> ApplyAsync(Change change, Func<CancellationToken, Task> apply, CancellationToken cancellationToken);

    /// <summary>Makes one change that may turn out to be no longer right.</summary>
    /// <param name="change">What is to be done.</param>
    /// <param name="apply">Does it and says what became of it: a lost condition is <see cref="ChangeOutcome.Skipped"/>.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ArgumentException">Its <see cref="Change.Counter"/> is empty; the change was not made.</exception>
    /// <exception cref="ChangeLimitExceededException">The limit is reached; the change was not made.</exception>
    Task<ChangeOutcome> ApplyAsync(Change change, Func<CancellationToken, Task<ChangeOutcome>> apply, CancellationToken cancellationToken);

    /// <summary>Makes several changes with one call that can fail per item.</summary>
    /// <param name="changes">What is to be done. All or none fit under the limit.</param>
    /// <param name="apply">Does it, and answers one outcome per change, in the same order.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>One outcome per change, in the same order.</returns>
    /// <exception cref="ArgumentException">A <see cref="Change.Counter"/> is empty; none of the changes was made.</exception>
    /// <exception cref="ChangeLimitExceededException">The limit would be exceeded; none of the changes was made.</exception>
    Task<IReadOnlyList<ChangeOutcome>> ApplyBatchAsync(
        IReadOnlyList<Change> changes,
        Func<IReadOnlyList<Change>, CancellationToken, Task<IReadOnlyList<ChangeOutcome>>> apply,
        CancellationToken cancellationToken);
}
