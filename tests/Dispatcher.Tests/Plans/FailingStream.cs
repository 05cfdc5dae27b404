namespace Dispatcher.Tests.Plans;

/// <summary>A stream in memory that has room for some bytes, and cannot be read.</summary>
internal sealed class FailingStream(int capacity) : MemoryStream
{
    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

    public override void Write(byte[] buffer, int offset, int count)
    {
        Reserve(count);
        base.Write(buffer, offset, count);
    }

    public override void WriteByte(byte value)
    {
        Reserve(1);
        base.WriteByte(value);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        throw new IOException("The disk fails.");

    private void Reserve(int count)
    {
        if (Position + count > capacity)
        {
            throw new IOException("The disk is full.");
        }
    }
}
