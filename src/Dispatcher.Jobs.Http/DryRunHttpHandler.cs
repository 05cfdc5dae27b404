using Dispatcher.Text;

namespace Dispatcher.Jobs.Http;

/// <summary>
/// Refuses every request that is not a GET or HEAD while a dry run goes on. It stands behind the change gate, for a job that forgets the
/// gate; put it in front of the handler of every <see cref="HttpClient"/> that a job gets.
/// </summary>
public sealed class DryRunHttpHandler : DelegatingHandler
{
    /// <summary>Creates the handler.</summary>
    /// <param name="innerHandler">What sends the requests.</param>
    public DryRunHttpHandler(HttpMessageHandler innerHandler)
        : base(innerHandler)
    {
    }

    /// <inheritdoc />
    /// <exception cref="DryRunViolationException">This is a dry run, and the request is no read.</exception>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Check(request);
        return base.Send(request, cancellationToken);
    }

    /// <inheritdoc />
    /// <exception cref="DryRunViolationException">This is a dry run, and the request is no read.</exception>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Check(request);
        return base.SendAsync(request, cancellationToken);
    }

    private static void Check(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (DryRunGuard.Current is { } guard && request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
        {
            throw guard.Refuse($"HTTP {request.Method} {(request.RequestUri is { } url ? Redaction.Url(url) : null)}");
        }
    }
}
