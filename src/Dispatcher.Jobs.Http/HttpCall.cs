using Dispatcher.Http.Secrets;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Http;

/// <summary>A request that can be sent as often as needed.</summary>
internal sealed class HttpCall
{
    private const int DefaultTimeoutSeconds = 300;

    private readonly HttpTriggerParameters _parameters;
    private readonly string? _secret;
    private readonly bool _isOfOneRun;

    /// <summary>Creates a call.</summary>
    /// <param name="parameters">The parameters, with a URL.</param>
    /// <param name="secret">The secret, if there is one.</param>
    /// <param name="idempotencyKey">What the server may recognize a repeated request by.</param>
    /// <param name="isOfOneRun">Whether only the attempts of this run send the key, because the payload names no slot.</param>
    public HttpCall(HttpTriggerParameters parameters, string? secret, string idempotencyKey, bool isOfOneRun)
    {
        _isOfOneRun = isOfOneRun;
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

    /// <summary>Gets what to know before a request is repeated whose answer is lost.</summary>
    public string RepetitionNote =>
        "The request may have been executed all the same. To repeat it is safe if the endpoint does the work once per Idempotency-Key: "
        + (_isOfOneRun
            ? $"the attempts of this run send {IdempotencyKey}; another run sends the same key only with an 'id' or 'scheduledTime'."
            : $"every delivery of this slot sends {IdempotencyKey}.");

    /// <summary>Prints what the endpoint or the network said: without the secrets, on one line.</summary>
    public string Print(string text) => PrintableText.Escape(Redaction.Sentence(Mask.Apply(text)));

    /// <summary>Determines whether a status is a success.</summary>
    public bool Expects(int status) => _parameters.ExpectedStatus?.Contains(status) ?? status is >= 200 and <= 299;

    /// <summary>Creates the request.</summary>
    public HttpRequestMessage CreateRequest()
    {
        var request = new HttpRequestMessage(Method, Url) { Content = RequestBody.Create(_parameters.Body, _parameters.Headers) ?? NoBody() };
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

    /// <summary>
    /// .NET sends a request without content up to four times if connections break before the answer, and tells nobody. An empty content looks the same on the
    /// wire and is sent once.
    /// </summary>
    private ByteArrayContent? NoBody() => Method == HttpMethod.Get || Method == HttpMethod.Head ? null : new ByteArrayContent([]);
}
