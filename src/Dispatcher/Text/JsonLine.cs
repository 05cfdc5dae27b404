using System.Buffers;
using System.Text.Json;

namespace Dispatcher.Text;

/// <summary>Functions that build one line of JSON, for logs and files.</summary>
public static class JsonLine
{
    private static readonly JsonWriterOptions Options = new() { Encoder = PrintableJsonEncoder.Instance };

    /// <summary>Builds a line.</summary>
    /// <typeparam name="TState">What it is made from.</typeparam>
    /// <param name="state">What it is made from.</param>
    /// <param name="write">Writes one JSON value.</param>
    /// <returns>The line in UTF-8, without the line feed.</returns>
    public static ReadOnlyMemory<byte> Create<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        ArgumentNullException.ThrowIfNull(write);

        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer, state);
        }

        return buffer.WrittenMemory;
    }
}
