namespace Dispatcher.Aws.Audit;

/// <summary>The temporary file that collects the entries of one run, so that memory does not grow with them.</summary>
internal sealed class CollectedEntries : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _stream = Create();

    /// <summary>Gets the number of lines.</summary>
    public long Lines { get; private set; }

    public void Append(ReadOnlySpan<byte> line)
    {
        lock (_lock)
        {
            _stream.Write(line);
            _stream.WriteByte((byte)'\n');
            Lines++;
        }
    }

    /// <summary>Returns what was written, from its beginning.</summary>
    public Stream Rewind()
    {
        lock (_lock)
        {
            _stream.Flush();
            _stream.Position = 0;
            return _stream;
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 64 * 1024,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            // Other users of the machine must not read what was deleted and why.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), $"audit-{Guid.NewGuid():N}.jsonl"), options);
    }
}
