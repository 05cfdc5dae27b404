using System.Collections.Concurrent;
using Amazon.Runtime;

namespace Acme.Chores.Tests;

/// <summary>The connections of an S3 client, on which a test acts right before a request is sent.</summary>
internal sealed class HookedNetwork : HttpClientFactory
{
    private readonly ConcurrentDictionary<(HttpMethod Method, string Key), Func<CancellationToken, Task>> _hooks = [];

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(_hooks));

    /// <summary>Acts once, before the first request with a method and a key.</summary>
    public void BeforeRequest(HttpMethod method, string key, Func<CancellationToken, Task> act) => _hooks[(method, key)] = act;

    private sealed class Handler(ConcurrentDictionary<(HttpMethod Method, string Key), Func<CancellationToken, Task>> hooks)
        : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // The path is /BUCKET/KEY.
            var path = request.RequestUri!.AbsolutePath;
            if (hooks.TryRemove((request.Method, path[(path.IndexOf('/', 1) + 1)..]), out var act))
            {
                await act(cancellationToken);
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
