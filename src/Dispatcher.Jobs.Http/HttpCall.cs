using System.Text.Json;
using Dispatcher.Http.Secrets;
using Dispatcher.Text;

namespace Dispatcher.Jobs.Http;

/// <summary>A request that can be sent as often as needed.</summary>
/// <param name="parameters">The parameters, with a URL.</param>
/// <param name="secrets">What is sent to prove who calls.</param>
/// <param name="idempotencyKey">The key by which the server may recognize a repeated request.</param>
/// <param name="isOfOneRun">Whether only the attempts of this run send the key, because the payload names no slot.</param>
internal sealed class HttpCall(HttpTriggerParameters parameters, CallSecrets secrets, string idempotencyKey, bool isOfOneRun)
{
    private const int DefaultTimeoutSeconds = 300;

    // Shorter values are not secrets, and masking them would make holes in everything that an endpoint says.
    private const int MinSecretLength = 8;

    private SecretMask? _mask;

    public HttpMethod Method => new(parameters.Method ?? "POST");

    public Uri Url => parameters.Url!;

    public TimeSpan Timeout => TimeSpan.FromSeconds(parameters.TimeoutSeconds ?? DefaultTimeoutSeconds);

    /// <summary>Gets the key by which the server may recognize a repeated request.</summary>
    public string IdempotencyKey => idempotencyKey;

    /// <summary>
    /// Gets the digest of what is sent: the URL with the values of its query, the body, and the names of the headers. The values of headers
    /// may be secrets.
    /// </summary>
    public string Digest => EvidenceDigest.Create(
    [
        Method.Method,
        Url.AbsoluteUri,
        parameters.Body is { ValueKind: not JsonValueKind.Undefined } body ? body.GetRawText() : null,
        .. (parameters.Headers ?? []).Select(static header => header.Key).Order(StringComparer.Ordinal),
    ]);

    /// <summary>Gets the rule for the body of an answer with a success status, if there is one.</summary>
    public ExpectedBody? ExpectedBody => parameters is { ExpectedText: null, ExpectedJson: null }
        ? null
        : new ExpectedBody(parameters.ExpectedText, parameters.ExpectedJson);

    /// <summary>Gets a value indicating whether only failures before the request was sent are repeated.</summary>
    public bool RepeatsConnectionsOnly => parameters.Retry == "connect";

    /// <summary>Gets the mask for the secret, and for the values of the URL's query, in everything that the server says.</summary>
    public SecretMask Mask => _mask ??= SecretMask.For(SecretsOf(Url).Concat(secrets.Values));

    /// <summary>Gets the conditions under which a request whose answer is lost can be repeated.</summary>
    public string RepetitionNote =>
        "The request may have been executed all the same. To repeat it is safe if the endpoint does the work once per Idempotency-Key: "
        + (isOfOneRun
            ? $"the attempts of this run send {IdempotencyKey}; another run sends the same key only with an 'id' or 'scheduledTime'."
            : $"every delivery of this slot sends {IdempotencyKey}.");

    /// <summary>Formats what the endpoint or the network said: without the secrets, on one line.</summary>
    public string Print(string text) => PrintableText.Escape(Redaction.Sentence(Mask.Apply(text)));

    /// <summary>Determines whether a status is a success.</summary>
    public bool Expects(int status) => parameters.ExpectedStatus?.Contains(status) ?? status is >= 200 and <= 299;

    /// <summary>Creates the request.</summary>
    public HttpRequestMessage CreateRequest()
    {
        var request = new HttpRequestMessage(Method, Url)
        {
            Content = RequestBody.Create(parameters.Body, parameters.Headers),
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", IdempotencyKey);
        foreach (var (name, value) in parameters.Headers ?? [])
        {
            Add(request, name, value);
        }

        if (secrets.Secret is { } secret)
        {
            Add(request, parameters.SecretHeader!, parameters.SecretScheme is { } scheme ? $"{scheme} {secret}" : secret);
        }

        if (secrets.Basic is { } basic)
        {
            Add(request, "Authorization", basic.Authorization);
        }

        if (!request.Headers.Contains("User-Agent"))
        {
            request.Headers.TryAddWithoutValidation("User-Agent", "maintenance-dispatcher");
        }

        // Last, because the signature covers the headers.
        secrets.Signature?.Sign(request);
        return request;
    }

    /// <summary>Formats the call without its headers and the values of its query.</summary>
    public override string ToString() => $"{Method} {Redaction.Url(Url)}";

    /// <summary>Gets the parts of a URL that may be secrets, as the endpoint reads them: the values of its query.</summary>
    internal static IEnumerable<string> SecretsOf(Uri url) =>
        url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => Uri.UnescapeDataString(part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..]))
            .Where(value => value.Length >= MinSecretLength);

    /// <summary>.NET keeps the headers of the body apart and accepts each kind only in its own place.</summary>
    private static void Add(HttpRequestMessage request, string name, string value)
    {
        if (!request.Headers.TryAddWithoutValidation(name, value))
        {
            request.Content ??= new ByteArrayContent([]);
            request.Content.Headers.Remove(name);
            request.Content.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
