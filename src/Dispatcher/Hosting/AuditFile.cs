namespace Dispatcher.Hosting;

/// <summary>The audit trail of one run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Location">Where the file is, for messages.</param>
/// <param name="OpenAsync">Opens the file; the caller disposes the stream.</param>
public sealed record AuditFile(string RunId, string Location, Func<CancellationToken, Task<Stream>> OpenAsync);
