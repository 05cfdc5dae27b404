namespace Dispatcher.Tool.Commands.Running;

/// <summary>A limit that was given as an option.</summary>
/// <param name="Option">The name of the option.</param>
/// <param name="Field">The name in the payload.</param>
/// <param name="Value">The value as it was written.</param>
internal sealed record GivenLimit(string Option, string Field, string Value);
