namespace Dispatcher.Plans;

/// <summary>A reader of the lines of a plan, one at a time, whatever the size of the file.</summary>
/// <param name="stream">The file, at the beginning of a line.</param>
/// <param name="location">Where the plan is, for messages.</param>
internal sealed class PlanLineReader(Stream stream, string location)
{
    internal const int MaxLineLength = 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _begin;
    private int _end;
    private long _next = stream.Position;

    /// <summary>Gets the position of the last line in the file.</summary>
    public long Position { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <param name="line">The line without its line feed, valid until the next call.</param>
    /// <returns><see langword="false"/> at the end of the file.</returns>
    /// <exception cref="InvalidPlanException">The line is too long.</exception>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var feed = _buffer.AsSpan(_begin + searched, _end - _begin - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                line = Take(searched + feed, skip: 1);
                return true;
            }

            searched = _end - _begin;
            if (!Fill())
            {
                line = Take(searched, skip: 0);
                return line.Length > 0;
            }
        }
    }

    private ReadOnlyMemory<byte> Take(int length, int skip)
    {
        var line = _buffer.AsMemory(_begin, length);
        Position = _next;
        _begin += length + skip;
        _next += length + skip;
        return line;
    }

    private bool Fill()
    {
        if (_begin > 0)
        {
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            _end -= _begin;
            _begin = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_end >= MaxLineLength)
            {
                throw new InvalidPlanException($"'{location}' is not a plan: a line is longer than {MaxLineLength} bytes.");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
