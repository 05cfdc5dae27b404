using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dispatcher.Lambda;

/// <summary>Builds one line of JSON.</summary>
internal static class JsonLine
{
    /// <summary>Escapes only what JSON itself demands: a log is read by people and by CloudWatch, never as part of a page.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Create<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer, state);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Cuts a text that is too long, and marks the cut.</summary>
    public static string Shorten(string text, int maxLength)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return $"{text.AsSpan(0, end)}…";
    }
}
