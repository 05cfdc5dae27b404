using Amazon.Runtime;

namespace Dispatcher.IntegrationTests.History;

/// <summary>A network that loses the answer to every request that it sees for the first time.</summary>
internal sealed class LostAnswers : HttpClientFactory
{
    private readonly HashSet<string> _seen = [];

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(_seen));

    private sealed class Handler(HashSet<string> seen) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            lock (seen)
            {
                // The SDK gives all attempts of a call one id.
                if (seen.Add(request.Headers.GetValues("amz-sdk-invocation-id").Single()))
                {
                    answer.Dispose();
                    throw new HttpRequestException("The answer was lost.", new HttpIOException(HttpRequestError.ResponseEnded));
                }
            }

            return answer;
        }
    }
}
