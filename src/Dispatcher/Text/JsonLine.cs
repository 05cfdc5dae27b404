using System.Buffers;
using System.Text.Json;

namespace Dispatcher.Text;

/// <summary>Functions that build one line of JSON, for logs and files.</summary>
public static class JsonLine
{
    /// <summary>A writer that has written a longer line is not kept.</summary>
    private const int MaxKept = 64 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = PrintableJsonEncoder.Instance };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _kept;

    /// <summary>Builds a line.</summary>
    /// <typeparam name="TState">What it is made from.</typeparam>
    /// <param name="state">What it is made from.</param>
    /// <param name="write">Writes one JSON value.</param>
    /// <returns>The line in UTF-8, without the line feed.</returns>
    public static ReadOnlyMemory<byte> Create<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        ArgumentNullException.ThrowIfNull(write);

        // Taken out while it is in use: writing a value may itself write a line.
        var (buffer, writer) = _kept ?? Open();
        _kept = null;
        write(writer, state);
        writer.Flush();
        ReadOnlyMemory<byte> line = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity <= MaxKept)
        {
            buffer.ResetWrittenCount();
            writer.Reset();
            _kept = (buffer, writer);
        }

        return line;
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) Open()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        return (buffer, new Utf8JsonWriter(buffer, Options));
    }
}
