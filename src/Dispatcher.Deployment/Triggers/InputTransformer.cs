namespace Dispatcher.Deployment.Triggers;

/// <summary>Is what makes a target's input of an event.</summary>
/// <param name="Paths">The variables, and where in the event each is: <c>$.time</c>.</param>
/// <param name="Template">The input, with variables in angle brackets; <see langword="null"/> where it is missing.</param>
internal sealed record InputTransformer(IReadOnlyDictionary<string, string> Paths, string? Template);
