namespace Dispatcher.Tool.Remote;

/// <summary>The answer of a deployed function.</summary>
/// <param name="Payload">What it returned, or its error, in JSON.</param>
/// <param name="Error">The kind of error; <see langword="null"/> if the function returned.</param>
/// <param name="LogTail">The last 4 kB of the log of the invocation.</param>
internal sealed record RemoteAnswer(byte[] Payload, string? Error, string LogTail);
