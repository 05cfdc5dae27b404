namespace Dispatcher.StandIns.Tests.Surface;

/// <summary>A type in a signature: its text, the name of its definition, and the assembly of that.</summary>
internal sealed record SignatureName(string Text, string Definition, string? Assembly);
