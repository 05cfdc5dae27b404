using Dispatcher.Hosting;
using Dispatcher.Lambda;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Tool.History;

/// <summary>
/// An audit sink that writes files and falls back to standard error, for example in a container whose file system is read-only.
/// </summary>
/// <param name="folder">Where the files are.</param>
/// <param name="output">Standard error, or <see langword="null"/> if another sink writes all lines there.</param>
/// <param name="logger">Receives a warning about the first entry that could not be written to a file.</param>
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
    public Task CompleteAsync(RunRecord record, CancellationToken cancellationToken) =>
        _files.CompleteAsync(record, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _files.Dispose();
}
