using System.Text.Json;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>One alternative of a field: an exact value or an operator.</summary>
/// <param name="source">The alternative as it is written in the pattern.</param>
/// <param name="matches">Compares a leaf.</param>
/// <param name="matchesAbsence">Whether an absent field matches: <c>{"exists":false}</c>.</param>
internal sealed class ValueMatcher(JsonElement source, Func<JsonElement, bool> matches, bool matchesAbsence = false)
{
    public JsonElement Source => source;

    public bool MatchesAbsence => matchesAbsence;

    /// <summary>Compares a leaf.</summary>
    public bool Matches(JsonElement leaf) => matches(leaf);
}
