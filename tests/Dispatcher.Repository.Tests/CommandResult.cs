namespace Dispatcher.Repository.Tests;

/// <summary>The result of a program.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Gets its exit code and its output, for the message of a failed test.</summary>
    public string Everything => $"exit code {ExitCode}\n{Output}\n{Error}";
}
