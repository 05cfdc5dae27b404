using System.Collections.Concurrent;
using Dispatcher.Hosting;

namespace Dispatcher.Tool.History;

/// <summary>An audit sink that writes one file per run. Each line reaches the operating system before the run continues.</summary>
/// <param name="folder">Where the files are.</param>
internal sealed class FileAuditSink(AuditFolder folder) : IAuditSink, IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<FileStream>> _files = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public void Write(AuditEntry entry)
    {
        var line = AuditEntryJson.Serialize(entry);
        var withLineFeed = new byte[line.Length + 1];
        line.Span.CopyTo(withLineFeed);
        withLineFeed[^1] = (byte)'\n';
        _files.GetOrAdd(entry.RunId, runId => new Lazy<FileStream>(() => Open(runId))).Value.Write(withLineFeed);
    }

    /// <inheritdoc />
    public async Task CompleteAsync(RunRecord record, CancellationToken cancellationToken)
    {
        if (_files.TryRemove(record.RunId, out var file) && file.IsValueCreated)
        {
            await file.Value.DisposeAsync();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var file in _files.Values.Where(static file => file.IsValueCreated))
        {
            file.Value.Dispose();
        }
    }

    private FileStream Open(string runId)
    {
        Directory.CreateDirectory(folder.Path);

        // Without a buffer: what was changed has to be on record even if the process is killed at the next instruction.
        return new FileStream(folder.FileOf(runId), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }
}
