using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dispatcher.Testing.Aws.Fakes.Http;

/// <summary>A request with its body. Query parameters and headers that change a request's meaning must be asked for, or it fails.</summary>
internal sealed class FakeRequest
{
    private FakeRequest(
        HttpMethod method, string authority, string pathAndQuery, Dictionary<string, string> headers, byte[] body)
    {
        var parts = pathAndQuery.Split('?', 2);
        var isChunked = headers.GetValueOrDefault("Content-Encoding")?.Contains("aws-chunked", StringComparison.Ordinal) == true
            || headers.GetValueOrDefault("x-amz-content-sha256")?.StartsWith("STREAMING-", StringComparison.Ordinal) == true;
        Method = method;
        Authority = authority;
        Path = parts[0];
        Query = (parts.Length == 2 ? parts[1] : string.Empty).Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(static pair => pair.Split('=', 2))
            .ToDictionary(static pair => Unescape(pair[0]), static pair => pair.Length == 2 ? Unescape(pair[1]) : string.Empty);
        Headers = headers;
        Body = isChunked ? Unchunk(body) : body;
    }

    public HttpMethod Method { get; }

    /// <summary>Gets the host and port that the request was sent to.</summary>
    public string Authority { get; }

    /// <summary>Gets the path, still escaped.</summary>
    public string Path { get; }

    public Dictionary<string, string> Query { get; }

    public Dictionary<string, string> Headers { get; }

    public byte[] Body { get; }

    public static async Task<FakeRequest> ReadAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var body = message.Content is null ? [] : await message.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = NewHeaders();
        foreach (var (name, values) in message.Headers.NonValidated)
        {
            headers[name] = values.ToString();
        }

        foreach (var (name, values) in message.Content?.Headers.NonValidated ?? default)
        {
            headers[name] = values.ToString();
        }

        return new FakeRequest(message.Method, message.RequestUri!.Authority, message.RequestUri.PathAndQuery, headers, body);
    }

    public static async Task<FakeRequest> ReadAsync(HttpRequest message, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await message.Body.CopyToAsync(body, cancellationToken);
        var headers = NewHeaders();
        foreach (var (name, values) in message.Headers)
        {
            headers[name] = values.ToString();
        }

        var target = message.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return new FakeRequest(new HttpMethod(message.Method), message.Host.Value!, target, headers, body.ToArray());
    }

    private static Dictionary<string, string> NewHeaders() => new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Decodes a query parameter. Python's clients write a space as a plus sign.</summary>
    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

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
