using System.IO.Compression;
using System.Text;
using Dispatcher.Http;

namespace Dispatcher.Jobs.Http;

/// <summary>The text of an answer: decompressed (gzip, deflate, br) and decoded by its charset, both up to a limit.</summary>
/// <param name="Text">The text, or its beginning.</param>
/// <param name="IsComplete">Whether this is all of the body.</param>
/// <param name="Problem">Half a sentence that says why the body cannot be read.</param>
internal sealed record AnswerText(string Text, bool IsComplete, string? Problem = null)
{
    // Servers compress once. Whoever nests more is up to something.
    private const int MaxLayers = 2;

    /// <summary>Reads the text of an answer.</summary>
    /// <param name="response">The response, its headers read.</param>
    /// <param name="maxBytes">The most bytes that are received, and the most that they are decompressed to.</param>
    /// <param name="cancellationToken">Fires when reading takes too long.</param>
    /// <exception cref="IOException">The connection was cut.</exception>
    public static async Task<AnswerText> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        string[] layers =
        [
            .. response.Content.Headers.ContentEncoding
                .Select(static name => name.Trim().ToLowerInvariant()).Where(static name => name is not ("" or "identity")),
        ];
        if (layers.Length > MaxLayers || Array.Exists(layers, static name => !IsKnown(name)))
        {
            return new AnswerText(
                string.Empty, false, "has a Content-Encoding that cannot be read; gzip, deflate and br can");
        }

        // One byte more than the limit tells a body that just fits from a longer one.
        ReadOnlyMemory<byte> bytes = await LimitedBody.ReadAsync(response, maxBytes + 1, cancellationToken);
        var isComplete = bytes.Length <= maxBytes;
        foreach (var layer in layers.Reverse())
        {
            if (bytes.IsEmpty)
            {
                break;
            }

            (bytes, var isWhole) = Decompress(bytes, layer, maxBytes + 1);
            if (!isWhole && bytes.Length <= maxBytes && isComplete)
            {
                return new AnswerText(Decode(response, bytes), false, $"is not valid {layer}, which its Content-Encoding names");
            }

            isComplete &= isWhole && bytes.Length <= maxBytes;
        }

        return new AnswerText(Decode(response, bytes[..Math.Min(bytes.Length, maxBytes)]), isComplete);
    }

    private static bool IsKnown(string name) => name is "gzip" or "x-gzip" or "deflate" or "br";

    private static (ReadOnlyMemory<byte> Bytes, bool IsWhole) Decompress(ReadOnlyMemory<byte> compressed, string layer, int maxBytes)
    {
        using var input = new MemoryStream(compressed.ToArray(), writable: false);
        using Stream output = layer switch
        {
            "br" => new BrotliStream(input, CompressionMode.Decompress),
            "deflate" when HasZLibHeader(compressed.Span) => new ZLibStream(input, CompressionMode.Decompress),

            // RFC 9110 means zlib; some servers send deflate without its header all the same.
            "deflate" => new DeflateStream(input, CompressionMode.Decompress),
            _ => new GZipStream(input, CompressionMode.Decompress),
        };
        var buffer = new byte[maxBytes];
        var count = 0;
        try
        {
            while (count < maxBytes && output.Read(buffer, count, maxBytes - count) is > 0 and var read)
            {
                count += read;
            }

            return (buffer.AsMemory(0, count), true);
        }
        catch (InvalidDataException)
        {
            // What was decompressed up to there is still worth showing.
            return (buffer.AsMemory(0, count), false);
        }
    }

    private static bool HasZLibHeader(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 1 && (bytes[0] & 0x0F) == 8 && ((bytes[0] << 8) | bytes[1]) % 31 == 0;

    private static string Decode(HttpResponseMessage response, ReadOnlyMemory<byte> bytes)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        using var reader = new StreamReader(stream, EncodingOf(response), detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    /// <summary>Finds the encoding. The code pages of older servers are not among those that .NET finds by itself.</summary>
    private static Encoding EncodingOf(HttpResponseMessage response)
    {
        var name = response.Content.Headers.ContentType?.CharSet?.Trim('"', '\'', ' ');
        if (string.IsNullOrEmpty(name))
        {
            return Encoding.UTF8;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}
