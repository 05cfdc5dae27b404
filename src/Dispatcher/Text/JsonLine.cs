using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dispatcher.Text;

/// <summary>Builds one line of JSON, for logs and files.</summary>
public static class JsonLine
{
    /// <summary>Escapes only what JSON itself demands: a log is read by people and by CloudWatch, never as part of a page.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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

    /// <summary>Cuts a text that is too long, and marks the cut.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">How many characters may be kept.</param>
    /// <returns>The text, or its beginning and '…'.</returns>
    public static string Shorten(string text, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);

        if (text.Length <= maxLength)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return $"{text.AsSpan(0, end)}…";
    }
}
