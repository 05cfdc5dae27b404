namespace Dispatcher.Declarations;

/// <summary>A condition of a template: a parameter that has a value.</summary>
/// <param name="Name">The name of the condition.</param>
/// <param name="Parameter">The parameter that it reads.</param>
/// <param name="Value">The value that the parameter has to have; <see langword="null"/>: any value but an empty one.</param>
public sealed record DeclaredCondition(string Name, string Parameter, string? Value);
