using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dispatcher.Jobs.Http.Secrets;

namespace Dispatcher.Jobs.Http.HttpTrigger;

/// <summary>Is one request, ready to be sent as often as need be.</summary>
internal sealed class HttpCall
{
    private const int DefaultTimeoutSeconds = 300;

    private readonly HttpTriggerParameters _parameters;
    private readonly string? _secret;

    /// <summary>Creates a call.</summary>
    /// <param name="parameters">The parameters, with a URL.</param>
    /// <param name="secret">The secret, if there is one.</param>
    /// <param name="idempotencyKey">What the server may recognize a repeated request by.</param>
    public HttpCall(HttpTriggerParameters parameters, string? secret, string idempotencyKey)
    {
        _parameters = parameters;
        _secret = secret;
        IdempotencyKey = idempotencyKey;
        Method = new HttpMethod(parameters.Method ?? "POST");
        Url = parameters.Url!;
        Timeout = TimeSpan.FromSeconds(parameters.TimeoutSeconds ?? DefaultTimeoutSeconds);
        Mask = SecretMask.For(secret is null ? PrintedUrl.SecretsOf(Url) : PrintedUrl.SecretsOf(Url).Append(secret));
    }

    public HttpMethod Method { get; }

    public Uri Url { get; }

    public TimeSpan Timeout { get; }

    /// <summary>Gets what the server may recognize a repeated request by.</summary>
    public string IdempotencyKey { get; }

    /// <summary>Gets what blots the secret, and the values of the URL's query, out of everything that the server says.</summary>
    public SecretMask Mask { get; }

    /// <summary>Says whether a status is a success.</summary>
    public bool Expects(int status) => _parameters.ExpectedStatus?.Contains(status) ?? status is >= 200 and <= 299;

    /// <summary>Makes the request.</summary>
    public HttpRequestMessage CreateRequest()
    {
        var request = new HttpRequestMessage(Method, Url) { Content = CreateContent() };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", IdempotencyKey);
        foreach (var (name, value) in _parameters.Headers ?? [])
        {
            Add(request, name, value);
        }

        if (_secret is not null)
        {
            Add(request, _parameters.SecretHeader!, _parameters.SecretScheme is { } scheme ? $"{scheme} {_secret}" : _secret);
        }

        if (!request.Headers.Contains("User-Agent"))
        {
            request.Headers.TryAddWithoutValidation("User-Agent", "maintenance-dispatcher");
        }

        return request;
    }

    /// <summary>Prints the call without its headers and the values of its query.</summary>
    public override string ToString() => $"{Method} {PrintedUrl.Of(Url)}";

    /// <summary>.NET keeps the headers of the body apart and takes each kind only in its own place.</summary>
    private static void Add(HttpRequestMessage request, string name, string value)
    {
        if (!request.Headers.TryAddWithoutValidation(name, value))
        {
            request.Content ??= new ByteArrayContent([]);
            request.Content.Headers.Remove(name);
            request.Content.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private ByteArrayContent? CreateContent()
    {
        if (_parameters.Body is not { ValueKind: not JsonValueKind.Undefined } body)
        {
            return null;
        }

        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.GetRawText()));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
