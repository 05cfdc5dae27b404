namespace Dispatcher.Tool.Commands.Running;

/// <summary>How a command that runs a job asks and answers.</summary>
/// <param name="Yes">Whether the person has confirmed on the command line.</param>
/// <param name="Json">Whether to write the result as JSON.</param>
/// <param name="Verbose">Whether to write a log.</param>
internal sealed record RunOutput(bool Yes, bool Json, bool Verbose);
