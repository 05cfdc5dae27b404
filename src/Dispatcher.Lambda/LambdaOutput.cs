using System.Buffers;

namespace Dispatcher.Lambda;

/// <summary>
/// An output that writes lines to standard output unchanged. It does not use <see cref="Console.Out"/>, because Lambda's runtime replaces
/// that with a writer that wraps each line, and CloudWatch extracts no metrics from a wrapped line.
/// </summary>
/// <param name="stream">The output: raw standard output in Lambda, standard error in local tools.</param>
public sealed class LambdaOutput(Stream stream)
{
    /// <summary>
    /// The maximum length of a line, in bytes. CloudWatch Logs accepts events of 256 KB, including what Lambda adds to a line.
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
                // One write, because the runtime writes its own lines to the same pipe.
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
