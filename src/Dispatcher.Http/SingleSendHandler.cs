namespace Dispatcher.Http;

/// <summary>
/// A handler that has each request sent once. .NET sends a request without content up to four times, unnoticed, if connections break before
/// the answer; those attempts would multiply with the run's. An empty content prevents that.
/// </summary>
/// <param name="innerHandler">The handler that sends the requests.</param>
internal sealed class SingleSendHandler(HttpMessageHandler innerHandler) : DelegatingHandler(innerHandler)
{
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        base.Send(WithContent(request), cancellationToken);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        base.SendAsync(WithContent(request), cancellationToken);

    private static HttpRequestMessage WithContent(HttpRequestMessage request)
    {
        request.Content ??= new ByteArrayContent([]);
        return request;
    }
}
