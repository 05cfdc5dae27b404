using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace Dispatcher.Aws.Signing;

/// <summary>Signs requests to one service in one region, with credentials that were obtained before.</summary>
public sealed class RequestSignature
{
    private const string SessionToken = "X-Amz-Security-Token";

    // Proxies change these, and a signature that covers them would no longer be right.
    private static readonly string[] Unsigned = ["User-Agent", "Accept-Encoding", "Content-Length", "Expect", "Connection"];

    private readonly string _service;
    private readonly string _region;
    private readonly ImmutableCredentials _credentials;

    internal RequestSignature(string service, string region, ImmutableCredentials credentials) =>
        (_service, _region, _credentials) = (service, region, credentials);

    /// <summary>Gets the texts that nothing may print: services quote the signed headers in their errors.</summary>
    public IEnumerable<string> Secrets =>
        _credentials.UseToken ? [_credentials.SecretKey, _credentials.Token] : [_credentials.SecretKey];

    /// <summary>Adds the signature to a request that is complete. The body has to be buffered.</summary>
    /// <param name="request">The request. Its URL is encoded as the signature demands, in UTF-8, and means the same.</param>
    public void Sign(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);

        var url = EncodePath(request.RequestUri ?? throw new ArgumentException("The request has no URL.", nameof(request)));
        using var signed = new DefaultRequest(new GetCallerIdentityRequest(), _service)
        {
            HttpMethod = request.Method.Method,
            Endpoint = new Uri(url.GetLeftPart(UriPartial.Authority)),
            ResourcePath = url.AbsolutePath,

            // The path is encoded once already, and the signer's "double" would encode it twice more.
            UseDoubleEncoding = false,
            OverrideSigningServiceName = _service,
            AuthenticationRegion = _region,
            UseQueryString = true,
            Content = ReadBody(request.Content),
        };
        var query = ReadQuery(url);
        foreach (var values in query.GroupBy(static parameter => parameter.Key, static parameter => parameter.Value))
        {
            signed.ParameterCollection.Add(values.Key, [.. values]);
        }

        // As they are sent: the other enumerator parses and joins values in another way.
        foreach (var headers in new[] { request.Headers.NonValidated, request.Content?.Headers.NonValidated ?? default })
        {
            foreach (var (name, values) in headers)
            {
                if (!Unsigned.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    signed.Headers[name] = values.ToString();
                }
            }
        }

        if (_credentials.UseToken)
        {
            signed.Headers[SessionToken] = _credentials.Token;
        }

        var result = new AWS4Signer().SignRequest(
            signed, new AmazonSecurityTokenServiceConfig(), null, _credentials.AccessKey, _credentials.SecretKey);
        request.RequestUri = WithQuery(url, query);
        foreach (var name in (string[])["X-Amz-Date", "X-Amz-Content-SHA256", SessionToken])
        {
            if (signed.Headers.TryGetValue(name, out var value))
            {
                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        request.Headers.TryAddWithoutValidation("Authorization", result.ForAuthorizationHeader);
    }

    private static byte[] ReadBody(HttpContent? content)
    {
        if (content is null)
        {
            return [];
        }

        using var buffer = new MemoryStream();
        content.CopyTo(buffer, context: null, CancellationToken.None);
        return buffer.ToArray();
    }

    private static List<KeyValuePair<string, string>> ReadQuery(Uri url) =>
    [
        .. url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static part =>
        {
            var pair = part.Split('=', 2);
            return KeyValuePair.Create(Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? string.Empty));
        }),
    ];

    /// <summary>Encodes the characters of the path that signers disagree about, such as parentheses.</summary>
    private static Uri EncodePath(Uri url)
    {
        var path = new StringBuilder();
        foreach (var character in url.AbsolutePath)
        {
            path.Append(character is '/' or '%' ? $"{character}" : Uri.EscapeDataString($"{character}"));
        }

        return new Uri(url.GetLeftPart(UriPartial.Authority) + path + url.Query);
    }

    /// <summary>Writes the query in the one encoding that every service reads alike, in its order.</summary>
    private static Uri WithQuery(Uri url, List<KeyValuePair<string, string>> query) => query.Count == 0
        ? new Uri(url.GetLeftPart(UriPartial.Path))
        : new Uri(url.GetLeftPart(UriPartial.Path) + "?" + string.Join(
            '&', query.Select(static pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}")));
}
