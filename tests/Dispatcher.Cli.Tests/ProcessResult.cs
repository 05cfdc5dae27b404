namespace Dispatcher.Cli.Tests;

/// <summary>Is what a process left behind.</summary>
internal sealed record ProcessResult(int ExitCode, string Output, string Error);
