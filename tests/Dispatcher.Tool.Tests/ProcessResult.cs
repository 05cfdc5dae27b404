namespace Dispatcher.Tool.Tests;

/// <summary>What a command left behind.</summary>
internal sealed record ProcessResult(int ExitCode, string Output, string Error);
