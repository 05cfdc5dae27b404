using System.Text.Json;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>A value in an event that is neither an object nor a list.</summary>
/// <param name="Value">The value.</param>
/// <param name="Places">The lists whose elements it is inside of, from the outside in: the number of the list, and of the element.</param>
internal sealed record EventLeaf(JsonElement Value, IReadOnlyList<(int List, int Element)> Places);
