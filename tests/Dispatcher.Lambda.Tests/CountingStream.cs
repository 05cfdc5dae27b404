namespace Dispatcher.Lambda.Tests;

/// <summary>A stream that counts the lines that are written to it and keeps nothing.</summary>
internal sealed class CountingStream : Stream
{
    private int _lines;

    /// <summary>Gets the number of lines.</summary>
    public int Lines => Volatile.Read(ref _lines);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) =>
        Interlocked.Add(ref _lines, buffer.AsSpan(offset, count).Count((byte)'\n'));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
