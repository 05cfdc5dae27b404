using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace Dispatcher.IntegrationTests.Permissions;

/// <summary>
/// A network in which each task of the answers has a second container, which has failed. Moto's tasks have one container, which succeeds,
/// so that a job never has to ask which of them are essential.
/// </summary>
internal sealed class SidecarNetwork : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new SidecarHandler());

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    private sealed class SidecarHandler() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return response;
            }

            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            foreach (var task in answer?["tasks"]?.AsArray() ?? [])
            {
                task!["containers"]?.AsArray().Add(new JsonObject { ["name"] = "sidecar", ["lastStatus"] = "STOPPED", ["exitCode"] = 1 });
            }

            response.Content = new StringContent(answer?.ToJsonString() ?? string.Empty, Encoding.UTF8, "application/x-amz-json-1.1");
            return response;
        }
    }
}
