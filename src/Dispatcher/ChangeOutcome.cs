using Dispatcher.Text;

namespace Dispatcher;

/// <summary>The outcome of a proposed change.</summary>
public readonly record struct ChangeOutcome
{
    private ChangeOutcome(ChangeOutcomeKind kind, string? detail = null, bool isOutsidePlan = false, string? undo = null)
    {
        Kind = kind;
        Detail = detail is null ? null : Redaction.Sentence(detail);
        IsOutsidePlan = isOutsidePlan;
        Undo = undo;
        MayHaveBeenMade = kind == ChangeOutcomeKind.Unknown;
    }

    /// <summary>Gets the outcome of a change that was made.</summary>
    public static ChangeOutcome Applied { get; } = new(ChangeOutcomeKind.Applied);

    /// <summary>Gets the kind of the outcome.</summary>
    public ChangeOutcomeKind Kind { get; }

    /// <summary>Gets why the change was skipped, what failed, or what kept the answer away.</summary>
    public string? Detail { get; }

    /// <summary>Gets what taking the change back needs, for the audit trail.</summary>
    public string? Undo { get; }

    /// <summary>
    /// Gets a value indicating whether the job may go on as if the change had been made: it was, or this is a dry run.
    /// </summary>
    public bool IsDone => Kind is ChangeOutcomeKind.Applied or ChangeOutcomeKind.Planned;

    /// <summary>
    /// Gets a value indicating whether nobody can tell if the change was made: its kind is <see cref="ChangeOutcomeKind.Unknown"/>, or it
    /// was skipped after an answer was lost. The audit trail holds such a change as interrupted, and it uses up the limits.
    /// </summary>
    public bool MayHaveBeenMade { get; private init; }

    /// <summary>
    /// Gets a value indicating whether the gate itself skipped the change, because the run applies a plan that does not hold it, or holds
    /// it with other evidence. The change was not tried.
    /// </summary>
    public bool IsOutsidePlan { get; }

    internal static ChangeOutcome Planned { get; } = new(ChangeOutcomeKind.Planned);

    /// <summary>Creates the outcome of a change that was made, with what an <see cref="IChangeUndo"/> needs to take it back.</summary>
    /// <param name="undo">What it needs, such as the id of a version. Never a secret: the audit trail holds it.</param>
    /// <returns>The outcome.</returns>
    public static ChangeOutcome AppliedWith(string undo)
    {
        ArgumentNullException.ThrowIfNull(undo);
        return new ChangeOutcome(ChangeOutcomeKind.Applied, undo: undo);
    }

    /// <summary>Creates the outcome of a change that was left undone because it was no longer right.</summary>
    /// <param name="reason">Why, for example <c>the session changed meanwhile</c>.</param>
    /// <returns>The outcome.</returns>
    public static ChangeOutcome Skipped(string reason) => new(ChangeOutcomeKind.Skipped, reason);

    /// <summary>Creates the outcome of a change that was not made because of an error. The gate records an item error.</summary>
    /// <param name="error">What failed.</param>
    /// <returns>The outcome.</returns>
    public static ChangeOutcome Failed(string error) => new(ChangeOutcomeKind.Failed, error);

    /// <summary>
    /// Creates the outcome of a change that may have been made or not, because its answer was lost. The audit trail holds it as
    /// interrupted; the gate records an item error.
    /// </summary>
    /// <param name="error">What kept the answer away.</param>
    /// <returns>The outcome.</returns>
    public static ChangeOutcome Unknown(string error) => new(ChangeOutcomeKind.Unknown, error);

    /// <summary>
    /// Determines the outcome of a change of which an earlier request may have been executed, because its answer was lost. A change that
    /// was skipped stays skipped, but may have been made before somebody else went on; one that failed is unknown; one that was made is.
    /// </summary>
    /// <remarks>
    /// For the outcome of a repeated request, and of a look at what is there now, unless the look proves that nothing was made.
    /// </remarks>
    /// <returns>The outcome.</returns>
    public ChangeOutcome AfterLostAnswer() => Kind switch
    {
        ChangeOutcomeKind.Skipped => this with { MayHaveBeenMade = true },
        ChangeOutcomeKind.Failed => Unknown(Detail!),
        _ => this,
    };

    internal static ChangeOutcome OutsidePlan(string reason) => new(ChangeOutcomeKind.Skipped, reason, isOutsidePlan: true);
}
