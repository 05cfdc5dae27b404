namespace Dispatcher.EventBridge.Patterns;

/// <summary>What an event offers for one field of a pattern.</summary>
/// <param name="Matching">The values of which one has to be chosen.</param>
/// <param name="Present">
/// If the field may be absent instead, all of its values, none of which may then be chosen; otherwise <see langword="null"/>.
/// </param>
internal sealed record FieldRequirement(IReadOnlyList<EventLeaf> Matching, IReadOnlyList<EventLeaf>? Present);
