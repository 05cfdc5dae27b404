using System.Text.Json;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>A pattern for one field: a nested pattern for an object, alternatives for a value.</summary>
internal sealed class FieldPattern
{
    private readonly EventPattern? _nested;
    private readonly IReadOnlyList<ValueMatcher> _alternatives;

    private FieldPattern(string name, EventPattern? nested, IReadOnlyList<ValueMatcher> alternatives)
    {
        Name = name;
        _nested = nested;
        _alternatives = alternatives;
    }

    public string Name { get; }

    public static FieldPattern ForObject(string name, EventPattern nested) => new(name, nested, []);

    public static FieldPattern ForValue(string name, IReadOnlyList<ValueMatcher> alternatives) => new(name, null, alternatives);

    /// <summary>Compares the field's value; an undefined one means that the field is absent.</summary>
    public bool Matches(JsonElement value) => _nested is { } nested ? MatchesNested(nested, value) : MatchesValue(value);

    /// <summary>In a list of objects one of them has to match as a whole.</summary>
    private static bool MatchesNested(EventPattern nested, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Any(item => MatchesNested(nested, item)) : nested.Matches(value);

    private bool MatchesValue(JsonElement value)
    {
        // Only leaves can be compared: an object or an empty list has none, and so counts as absent.
        JsonElement[] leaves = [.. Leaves(value)];
        return leaves.Length == 0
            ? _alternatives.Any(alternative => alternative.MatchesAbsence)
            : leaves.Any(leaf => _alternatives.Any(alternative => alternative.Matches(leaf)));
    }

    private static IEnumerable<JsonElement> Leaves(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Object => [],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Leaves),
        _ => [value],
    };
}
