namespace Dispatcher.Lambda;

/// <summary>
/// Writes lines to standard output as they are. Not through <see cref="Console.Out"/>: Lambda's runtime puts its own writer there, which
/// wraps each line, and a wrapped line of metrics is not extracted.
/// </summary>
/// <param name="stream">Where to; raw standard output in Lambda, standard error in local tools.</param>
public sealed class LambdaOutput(Stream stream)
{
    private readonly Lock _lock = new();

    /// <summary>Writes a line and flushes it: Lambda freezes the process as soon as the handler returns.</summary>
    /// <param name="utf8">The line in UTF-8, without the line feed.</param>
    public void WriteLine(ReadOnlySpan<byte> utf8)
    {
        lock (_lock)
        {
            stream.Write(utf8);
            stream.WriteByte((byte)'\n');
            stream.Flush();
        }
    }
}
