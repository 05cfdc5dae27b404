namespace Dispatcher;

/// <summary>
/// The way to take back what a job has changed, for the command <c>restore</c>. Registered with <c>AddUndo</c>.
/// </summary>
/// <remarks>
/// Taking back is a run like any other: each change is proposed to <see cref="JobContext.Changes"/>, so that it is planned in a dry run,
/// counted and audited. It is safe to repeat: what has been taken back already is left alone, and so is what was written since.
/// </remarks>
public interface IChangeUndo
{
    /// <summary>Takes changes back, as far as possible. What is not possible is an item error that says why.</summary>
    /// <param name="changes">
    /// The changes of one run that were made, or may have been made because their answer was lost; the last one first.
    /// </param>
    /// <param name="context">The run that takes them back.</param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>One sentence for a person about what to do next; <see langword="null"/> if there is nothing to do.</returns>
    Task<string?> UndoAsync(IReadOnlyList<MadeChange> changes, JobContext context, CancellationToken cancellationToken);
}
