using System.Text.Json;

namespace Dispatcher.EventBridge.Patterns;

/// <summary>A reason for which EventBridge refuses a pattern.</summary>
/// <param name="Field">The path of the field, such as <c>detail.status</c>; empty for the pattern as a whole.</param>
/// <param name="Message">The field, what is wrong with it, then what to do.</param>
/// <param name="Value">The value that is refused.</param>
public sealed record PatternProblem(string Field, string Message, JsonElement Value);
