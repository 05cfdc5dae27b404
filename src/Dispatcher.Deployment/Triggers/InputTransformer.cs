namespace Dispatcher.Deployment.Triggers;

/// <summary>The transformation of an event into a target's input.</summary>
/// <param name="Paths">The variables with their paths in the event: <c>$.time</c>.</param>
/// <param name="Template">The input, with variables in angle brackets; <see langword="null"/> if it is missing.</param>
public sealed record InputTransformer(IReadOnlyDictionary<string, string> Paths, string? Template);
