namespace Dispatcher.Changes;

/// <summary>Is what became of a proposed change.</summary>
public readonly record struct ChangeOutcome
{
    private ChangeOutcome(ChangeOutcomeKind kind, string? detail = null)
    {
        Kind = kind;
        Detail = detail;
    }

    /// <summary>Gets the outcome of a change that was made.</summary>
    public static ChangeOutcome Applied { get; } = new(ChangeOutcomeKind.Applied);

    /// <summary>Gets what became of the change.</summary>
    public ChangeOutcomeKind Kind { get; }

    /// <summary>Gets why it was skipped or what failed.</summary>
    public string? Detail { get; }

    /// <summary>
    /// Gets a value indicating whether the job may go on as if the change had been made: it was, or this is a dry run.
    /// </summary>
    public bool IsDone => Kind is ChangeOutcomeKind.Applied or ChangeOutcomeKind.Planned;

    internal static ChangeOutcome Planned { get; } = new(ChangeOutcomeKind.Planned);

    /// <summary>Says that the change was left undone because it was no longer right.</summary>
    /// <param name="reason">Why, for example <c>the session changed meanwhile</c>.</param>
    /// <returns>The outcome.</returns>
    public static ChangeOutcome Skipped(string reason) => new(ChangeOutcomeKind.Skipped, reason);

    /// <summary>Says that the change failed. The gate records the error; the run goes on.</summary>
    /// <param name="error">What failed.</param>
    /// <returns>The outcome.</returns>
    public static ChangeOutcome Failed(string error) => new(ChangeOutcomeKind.Failed, error);

    /// <summary>
    /// Says that the change was tried, failed and is undone, as by a transaction. The audit trail holds it as failed; the error is the job's to
    /// report, once for all that was undone.
    /// </summary>
    /// <param name="error">What failed.</param>
    /// <returns>The outcome.</returns>
    public static ChangeOutcome RolledBack(string error) => new(ChangeOutcomeKind.RolledBack, error);

    /// <summary>
    /// Says that nobody knows whether the change was made, as where the connection broke during a commit. The audit trail holds it as
    /// interrupted; the error is the job's to report.
    /// </summary>
    /// <param name="error">What kept the answer away.</param>
    /// <returns>The outcome.</returns>
    public static ChangeOutcome Unknown(string error) => new(ChangeOutcomeKind.Unknown, error);
}
