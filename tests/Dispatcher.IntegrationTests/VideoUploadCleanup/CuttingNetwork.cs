using Amazon.Runtime;

namespace Dispatcher.IntegrationTests.VideoUploadCleanup;

/// <summary>A network that lets one chosen change through to the server, and then cuts the connection before the answer.</summary>
/// <param name="cut">Which change, from 1; 0 is none.</param>
/// <param name="times">How many attempts at it are cut.</param>
internal sealed class CuttingNetwork(int cut, int times) : HttpClientFactory
{
    private readonly Lock _lock = new();
    private int _changes;
    private string? _identity;
    private int _cuts;

    /// <summary>Gets how many changes were sent, repetitions aside.</summary>
    public int Changes => _changes;

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this));

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    private static bool IsChange(HttpRequestMessage request)
    {
        var target = request.Headers.TryGetValues("X-Amz-Target", out var values) ? values.First() : string.Empty;
        return target.EndsWith(".TransactWriteItems", StringComparison.Ordinal)
               || request.Method == HttpMethod.Delete
               || (request.Method == HttpMethod.Put && request.RequestUri!.Query.Contains("tagging", StringComparison.Ordinal))
               || (request.Method == HttpMethod.Post && request.RequestUri!.Query.Contains("delete", StringComparison.Ordinal));
    }

    private bool Cuts(HttpRequestMessage request)
    {
        if (!IsChange(request))
        {
            return false;
        }

        // The SDK repeats a request under the same invocation id.
        var identity = request.Headers.GetValues("amz-sdk-invocation-id").First();
        lock (_lock)
        {
            if (identity != _identity && ++_changes == cut)
            {
                _identity = identity;
            }

            return identity == _identity && ++_cuts <= times;
        }
    }

    private sealed class Handler(CuttingNetwork network) : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            return network.Cuts(request)
                ? throw new HttpRequestException("The connection was cut.", new IOException("Connection reset by peer."))
                : answer;
        }
    }
}
