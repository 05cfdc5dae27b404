using System.Globalization;
using System.Text;

namespace Dispatcher.Testing.Aws.Fakes.Http;

/// <summary>A request with its body. Query parameters and headers that change a request's meaning must be asked for, or it fails.</summary>
internal sealed class FakeRequest
{
    private FakeRequest(HttpMethod method, Uri uri, Dictionary<string, string> query, Dictionary<string, string> headers, byte[] body)
    {
        Method = method;
        Path = uri.AbsolutePath;
        Query = query;
        Headers = headers;
        Body = body;
    }

    public HttpMethod Method { get; }

    /// <summary>Gets the path, still escaped.</summary>
    public string Path { get; }

    public Dictionary<string, string> Query { get; }

    public Dictionary<string, string> Headers { get; }

    public byte[] Body { get; }

    public static async Task<FakeRequest> ReadAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var body = message.Content is null ? [] : await message.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in message.Headers.NonValidated)
        {
            headers[name] = values.ToString();
        }

        foreach (var (name, values) in message.Content?.Headers.NonValidated ?? default)
        {
            headers[name] = values.ToString();
        }

        var isChunked = headers.GetValueOrDefault("Content-Encoding")?.Contains("aws-chunked", StringComparison.Ordinal) == true
            || headers.GetValueOrDefault("x-amz-content-sha256")?.StartsWith("STREAMING-", StringComparison.Ordinal) == true;
        var query = message.RequestUri!.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(static pair => pair.Split('=', 2))
            .ToDictionary(static pair => Unescape(pair[0]), static pair => pair.Length == 2 ? Unescape(pair[1]) : string.Empty);
        return new FakeRequest(message.Method, message.RequestUri, query, headers, isChunked ? Unchunk(body) : body);
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text);

    /// <summary>Takes the chunks of the SDK's own encoding out of their frames; a trailer with a checksum follows them.</summary>
    private static byte[] Unchunk(byte[] body)
    {
        using var content = new MemoryStream();
        var position = 0;
        while (true)
        {
            var end = body.AsSpan(position).IndexOf("\r\n"u8);
            var size = int.Parse(
                Encoding.ASCII.GetString(body, position, end).Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                return content.ToArray();
            }

            content.Write(body, position + end + 2, size);
            position += end + 2 + size + 2;
        }
    }
}
