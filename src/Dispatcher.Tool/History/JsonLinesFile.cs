using Microsoft.Win32.SafeHandles;

namespace Dispatcher.Tool.History;

/// <summary>
/// A file with one JSON value per line that several processes may append to at once. A line that a process left incomplete does not spoil
/// the next one, which starts on a new line.
/// </summary>
/// <param name="path">The file; neither it nor its folder need exist.</param>
internal sealed class JsonLinesFile(string path)
{
    private const int BlockSize = 64 * 1024;

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(10);

    /// <summary>Gets the file.</summary>
    public string Path { get; } = path;

    /// <summary>Appends a line.</summary>
    /// <param name="utf8">The line, without the line feed.</param>
    /// <param name="cancellationToken">Fires when another process keeps the file for too long.</param>
    /// <returns>A task that ends when the operating system has the line.</returns>
    public async Task AppendAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        await using var held = await LockAsync(cancellationToken);
        using var file = File.OpenHandle(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        var length = RandomAccess.GetLength(file);
        var line = new byte[utf8.Length + 2];
        line[0] = (byte)'\n';
        utf8.CopyTo(line.AsMemory(1));
        line[^1] = (byte)'\n';

        // In one piece, so that a process that is killed leaves as little as possible unfinished.
        RandomAccess.Write(file, EndsWithinLine(file, length) ? line : line.AsSpan(1), length);
    }

    /// <summary>Reads all lines, the oldest first.</summary>
    /// <returns>Each line with its offset. The memory is valid until the next line is requested.</returns>
    public IEnumerable<(long Offset, ReadOnlyMemory<byte> Line)> ReadLines()
    {
        if (!File.Exists(Path))
        {
            yield break;
        }

        using var file = OpenForReading();
        var (buffer, filled, start) = (new byte[BlockSize], 0, 0L);
        int read;
        while ((read = RandomAccess.Read(file, buffer.AsSpan(filled), start + filled)) > 0)
        {
            filled += read;
            var begin = 0;
            int length;
            while ((length = buffer.AsSpan(begin, filled - begin).IndexOf((byte)'\n')) >= 0)
            {
                yield return (start + begin, buffer.AsMemory(begin, length));
                begin += length + 1;
            }

            filled -= begin;
            start += begin;
            buffer.AsSpan(begin, filled).CopyTo(buffer);
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        if (filled > 0)
        {
            yield return (start, buffer.AsMemory(0, filled));
        }
    }

    /// <summary>Opens the file beside processes that append to it.</summary>
    /// <returns>The open file.</returns>
    public SafeFileHandle OpenForReading() => File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static bool EndsWithinLine(SafeFileHandle file, long length)
    {
        Span<byte> last = stackalloc byte[1];
        return length > 0 && RandomAccess.Read(file, last, length - 1) == 1 && last[0] != (byte)'\n';
    }

    /// <summary>
    /// Holds a file beside the data. Not the data itself, which readers keep open, and not the append mode of .NET, which seeks to the end
    /// once and would overwrite what another process appends.
    /// </summary>
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream($"{Path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists($"{Path}.lock"))
            {
                await Task.Delay(LockPause, cancellationToken);
            }
        }
    }
}
