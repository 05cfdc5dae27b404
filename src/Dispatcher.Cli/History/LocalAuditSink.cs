using Dispatcher.Hosting;
using Dispatcher.Lambda;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Cli.History;

/// <summary>
/// Keeps the audit trail in files and, where they cannot be written, on standard error: in a container whose file system is read-only, that is
/// where the log is taken from.
/// </summary>
/// <param name="folder">Where the files are.</param>
/// <param name="output">Standard error, or <see langword="null"/> where another sink writes all lines there anyway.</param>
/// <param name="logger">Hears of the first entry that no file took.</param>
internal sealed class LocalAuditSink(AuditFolder folder, LambdaOutput? output, ILogger<LocalAuditSink> logger) : IAuditSink, IDisposable
{
    private readonly FileAuditSink _files = new(folder);
    private int _failures;

    /// <inheritdoc />
    public void Write(AuditEntry entry)
    {
        try
        {
            _files.Write(entry);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            output?.WriteLine(AuditEntryJson.Serialize(entry, LambdaOutput.MaxLineLength).Span);
            if (Interlocked.Increment(ref _failures) == 1)
            {
                Log.AuditFileFailed(logger, folder.Path, exception.Message);
            }
        }
    }

    /// <inheritdoc />
    public Task CompleteAsync(RunRecord record, CancellationToken cancellationToken) => _files.CompleteAsync(record, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _files.Dispose();
}
