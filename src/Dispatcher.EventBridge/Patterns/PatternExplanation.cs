namespace Dispatcher.EventBridge.Patterns;

/// <summary>Why an event matches a pattern, or does not.</summary>
/// <param name="Matches">Whether it matches.</param>
/// <param name="Fields">The fields of the pattern, in their order.</param>
/// <param name="Conflict">
/// What is wrong although each field matches: they do so in different elements of a list. <see langword="null"/> if nothing is.
/// </param>
public sealed record PatternExplanation(bool Matches, IReadOnlyList<FieldExplanation> Fields, string? Conflict)
{
    /// <summary>Gets how far the event is from matching.</summary>
    internal int Differences => Fields.Count(static explained => !explained.Matches) + (Conflict is null ? 0 : 1);
}
