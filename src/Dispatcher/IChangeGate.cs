namespace Dispatcher;

/// <summary>
/// The only way from a job to a side effect. A real run makes each change by calling <c>apply</c>; a dry run records the change and never
/// calls <c>apply</c>. Thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// <b>Apply</b> is for a change without which the run fails: an exception is recorded and rethrown, so that the run fails or is tried
/// again. <b>TryApply</b> is for one change of many: an exception becomes an item error, and the run goes on. These exceptions still end
/// the run, because no later item would fare better: cancellation, a missing permission, a <see cref="PermanentJobException"/>
/// (<see cref="ChangeLimitExceededException"/> and <see cref="DryRunViolationException"/> among them).
/// </para>
/// <para>
/// A run that applies a plan skips each change that the plan does not hold, or holds with other evidence
/// (<see cref="ChangeOutcome.IsOutsidePlan"/>). <b>ApplyAll</b> then skips all of its changes.
/// </para>
/// <para>
/// All methods throw an <see cref="ArgumentException"/> if a <see cref="Change.Counter"/> is empty, and a
/// <see cref="ChangeLimitExceededException"/> if the run would exceed a limit; either way none of the changes was made.
/// </para>
/// </remarks>
public interface IChangeGate
{
    /// <summary>
    /// Gets the limits of the run. The gate keeps them; a job may use them to size its batches, because a batch that is larger than
    /// <see cref="ChangeLimits.MaxChangesPerSecond"/> is waited for as a whole.
    /// </summary>
    ChangeLimits Limits { get; }

    /// <summary>
    /// Reports items that the run has examined, whether they will be changed or not. <see cref="ChangeLimits.MaxChangesPercent"/> is
    /// relative to the sum of all reports.
    /// </summary>
    /// <remarks>
    /// A share is judged against what was reported until then, once that is at least 10 items. A job that finds its items page by page
    /// would be stopped by a first page that is worse than the others: if <see cref="Limits"/> has
    /// <see cref="ChangeLimits.MaxChangesPercent"/>, let it count everything first, and call <see cref="EnsureWithinLimit(long)"/> with
    /// how many items are due. Each attempt reports anew. A job that changes what it is told to change reports nothing: then a limit for
    /// all jobs does not apply to it, and one for this job refuses its first change.
    /// </remarks>
    /// <param name="items">How many more items were examined.</param>
    void Examined(long items);

    /// <summary>
    /// Announces how many changes the plan holds, so that a plan that is too large is refused before its first change.
    /// </summary>
    /// <param name="changes">How many changes are still to come, each of another item.</param>
    /// <exception cref="ChangeLimitExceededException">
    /// The run would exceed a limit. Not thrown in a dry run, which reports it instead.
    /// </exception>
    void EnsureWithinLimit(long changes);

    /// <summary>Announces what the plan holds, so that a plan that is too large is refused before its first change.</summary>
    /// <param name="changes">How many changes are still to come.</param>
    /// <param name="bytes">How many bytes they free, as far as that is known.</param>
    /// <param name="items">How many items they change; <see cref="Change.IsFollowUp"/> changes are not counted.</param>
    /// <exception cref="ChangeLimitExceededException">
    /// The run would exceed a limit. Not thrown in a dry run, which reports it instead.
    /// </exception>
    void EnsureWithinLimit(long changes, long bytes, long items);

    /// <summary>Makes one change. An exception is recorded and rethrown.</summary>
    /// <param name="change">The change.</param>
    /// <param name="apply">The function that makes the change. It is not called in a dry run.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The outcome.</returns>
    Task<ChangeOutcome> ApplyAsync(Change change, Func<CancellationToken, Task> apply, CancellationToken cancellationToken);

    /// <summary>Makes one change that may turn out to be no longer right. An exception is recorded and rethrown.</summary>
    /// <param name="change">The change.</param>
    /// <param name="apply">
    /// The function that makes the change and returns its outcome: <see cref="ChangeOutcome.Skipped"/> if the change is no longer right. It
    /// is not called in a dry run.
    /// </param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The outcome.</returns>
    Task<ChangeOutcome> ApplyAsync(Change change, Func<CancellationToken, Task<ChangeOutcome>> apply, CancellationToken cancellationToken);

    /// <summary>
    /// Makes several changes that succeed or fail together, as in a transaction. An exception is recorded for all and rethrown.
    /// </summary>
    /// <param name="changes">The changes. All or none fit under the limits.</param>
    /// <param name="apply">The function that makes all of them. It is not called in a dry run.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The outcome of all.</returns>
    Task<ChangeOutcome> ApplyAllAsync(
        IReadOnlyList<Change> changes, Func<CancellationToken, Task> apply, CancellationToken cancellationToken);

    /// <summary>
    /// Makes several changes that succeed or fail together and may turn out to be no longer right. An exception is recorded for all and
    /// rethrown.
    /// </summary>
    /// <param name="changes">The changes. All or none fit under the limits.</param>
    /// <param name="apply">The function that makes all of them and returns their outcome. It is not called in a dry run.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The outcome of all.</returns>
    Task<ChangeOutcome> ApplyAllAsync(
        IReadOnlyList<Change> changes, Func<CancellationToken, Task<ChangeOutcome>> apply, CancellationToken cancellationToken);

    /// <summary>Makes one change of many. An exception becomes an item error.</summary>
    /// <param name="change">The change.</param>
    /// <param name="apply">The function that makes the change. It is not called in a dry run.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The outcome.</returns>
    Task<ChangeOutcome> TryApplyAsync(Change change, Func<CancellationToken, Task> apply, CancellationToken cancellationToken);

    /// <summary>Makes one change of many that may turn out to be no longer right. An exception becomes an item error.</summary>
    /// <param name="change">The change.</param>
    /// <param name="apply">
    /// The function that makes the change and returns its outcome: <see cref="ChangeOutcome.Skipped"/> if the change is no longer right. It
    /// is not called in a dry run.
    /// </param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>The outcome.</returns>
    Task<ChangeOutcome> TryApplyAsync(
        Change change, Func<CancellationToken, Task<ChangeOutcome>> apply, CancellationToken cancellationToken);

    /// <summary>
    /// Makes several changes with one call that can fail per item. An exception becomes an item error of each, and none of them counts as
    /// made unless <see cref="Failure.OutcomeUnknown"/> applies to it.
    /// </summary>
    /// <param name="changes">The changes. All or none fit under the limits.</param>
    /// <param name="apply">
    /// The function that makes the changes it is given, and no others, and returns one outcome per change, in the same order: a run that
    /// applies a plan makes only the changes of the plan. If it makes several calls, it returns the outcome of each instead of throwing. It
    /// is not called in a dry run.
    /// </param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>One outcome per change, in the same order.</returns>
    Task<IReadOnlyList<ChangeOutcome>> TryApplyEachAsync(
        IReadOnlyList<Change> changes,
        Func<IReadOnlyList<Change>, CancellationToken, Task<IReadOnlyList<ChangeOutcome>>> apply,
        CancellationToken cancellationToken);

    /// <summary>
    /// Makes several changes with one call that reports the outcome of each, such as a transaction that may leave some of them out. An
    /// exception is recorded for all and rethrown.
    /// </summary>
    /// <param name="changes">The changes. All or none fit under the limit.</param>
    /// <param name="apply">
    /// The function that makes the changes it is given, and no others, and returns one outcome per change, in the same order. It is not
    /// called in a dry run.
    /// </param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>One outcome per change, in the same order.</returns>
    Task<IReadOnlyList<ChangeOutcome>> ApplyEachAsync(
        IReadOnlyList<Change> changes,
        Func<IReadOnlyList<Change>, CancellationToken, Task<IReadOnlyList<ChangeOutcome>>> apply,
        CancellationToken cancellationToken);
}
