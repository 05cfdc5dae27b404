namespace Dispatcher.EventBridge.Patterns;

/// <summary>The alternatives for the field at a path.</summary>
/// <param name="path">The names from the root of the event, joined with dots.</param>
/// <param name="alternatives">The alternatives, at least one.</param>
internal sealed class FieldPattern(string path, IReadOnlyList<ValueMatcher> alternatives)
{
    public string Path => path;

    public IReadOnlyList<ValueMatcher> Alternatives => alternatives;

    /// <summary>Gets a value indicating whether one of the alternatives is <c>{"exists":false}</c>.</summary>
    public bool AllowsAbsence { get; } = alternatives.Any(static alternative => alternative.MatchesAbsence);

    /// <summary>Compares the event's values of the field.</summary>
    public FieldRequirement Evaluate(IReadOnlyList<EventLeaf> leaves) =>
        new([.. leaves.Where(leaf => alternatives.Any(alternative => alternative.Matches(leaf.Value)))], AllowsAbsence ? leaves : null);
}
