using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Dispatcher.Sqlite;

/// <summary>A file with one JSON value per line, as earlier versions of the tool kept their history.</summary>
/// <param name="path">The file.</param>
internal sealed class JsonLinesFile(string path)
{
    private const int BlockSize = 64 * 1024;

    // Of the operating systems: what .NET calls a sharing violation has no exception of its type.
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Gets the file.</summary>
    public string Path { get; } = path;

    /// <summary>
    /// Holds the lock under which earlier versions append a line. It is a file beside the data, and is deleted in the end.
    /// </summary>
    /// <returns>The lock.</returns>
    /// <exception cref="IOException">Another process has kept the lock for too long.</exception>
    public FileStream Lock()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(
                    $"{Path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (IOException exception) when (IsHeld(exception) && Stopwatch.GetElapsedTime(started) < Patience)
            {
                Thread.Sleep(Random.Shared.Next(1, 20));
            }
        }
    }

    /// <summary>Reads all lines, the oldest first.</summary>
    /// <returns>Each line. The memory is valid until the next line is requested.</returns>
    public IEnumerable<ReadOnlyMemory<byte>> ReadLines()
    {
        using var file = Open();
        var (buffer, filled, position) = (new byte[BlockSize], 0, 0L);
        int read;
        while ((read = RandomAccess.Read(file, buffer.AsSpan(filled), position)) > 0)
        {
            (filled, position) = (filled + read, position + read);
            var begin = 0;
            int length;
            while ((length = buffer.AsSpan(begin, filled - begin).IndexOf((byte)'\n')) >= 0)
            {
                yield return buffer.AsMemory(begin, length);
                begin += length + 1;
            }

            filled -= begin;
            buffer.AsSpan(begin, filled).CopyTo(buffer);
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        if (filled > 0)
        {
            yield return buffer.AsMemory(0, filled);
        }
    }

    /// <summary>The file itself tells nothing: its holder may have deleted it in the meantime.</summary>
    private static bool IsHeld(IOException exception) => exception.HResult is WindowsSharingViolation or LinuxWouldBlock or MacWouldBlock;

    private SafeFileHandle Open() => File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
