using System.Text.Json;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>Why one field of an event matches, or does not.</summary>
/// <param name="Field">The path of the field: <c>detail.status</c>.</param>
/// <param name="Matches">Whether an alternative matches.</param>
/// <param name="Alternative">The alternative that matches, as it is written in the pattern; undefined if none does.</param>
/// <param name="Value">The event's value that it matches; undefined if none does, or if the field has to be absent.</param>
/// <param name="Reason">One sentence that holds the values.</param>
public sealed record FieldExplanation(string Field, bool Matches, JsonElement Alternative, JsonElement Value, string Reason);
