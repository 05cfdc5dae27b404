using System.Buffers;

namespace Dispatcher.Lambda;

/// <summary>
/// Writes lines to standard output as they are. Not through <see cref="Console.Out"/>: Lambda's runtime puts its own writer there, which
/// wraps each line, and a wrapped line of metrics is not extracted.
/// </summary>
/// <param name="stream">Where to; raw standard output in Lambda, standard error in local tools.</param>
public sealed class LambdaOutput(Stream stream)
{
    /// <summary>
    /// How long a line may be, in bytes. CloudWatch Logs takes events of 256 KB; what Lambda may add to a line has to fit in as well.
    /// </summary>
    public const int MaxLineLength = 250_000;

    private readonly Lock _lock = new();

    /// <summary>Writes a line and flushes it: Lambda freezes the process as soon as the handler returns.</summary>
    /// <param name="utf8">The line in UTF-8, without the line feed.</param>
    public void WriteLine(ReadOnlySpan<byte> utf8)
    {
        var line = ArrayPool<byte>.Shared.Rent(utf8.Length + 1);
        try
        {
            utf8.CopyTo(line);
            line[utf8.Length] = (byte)'\n';
            lock (_lock)
            {
                // In one piece, because the runtime writes lines of its own to the same pipe.
                stream.Write(line, 0, utf8.Length + 1);
                stream.Flush();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(line);
        }
    }
}
