using System.Net;
using System.Text;
using Amazon.Runtime;

namespace Dispatcher.IntegrationTests.Permissions;

/// <summary>
/// A network in which the operations of Systems Manager that moto lacks have answers: one instance, on which commands succeed.
/// </summary>
internal sealed class RunCommandNetwork : HttpClientFactory
{
    /// <summary>The operations, which moto cannot deny.</summary>
    public static readonly string[] Operations = ["DescribeInstanceInformation", "ListCommandInvocations"];

    private const string Instance = "i-0a1b2c3d4e5f60718";

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new RunCommandHandler());

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    private sealed class RunCommandHandler() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var operation = request.Headers.TryGetValues("X-Amz-Target", out var targets) ? targets.Single().Split('.')[1] : string.Empty;
            return operation switch
            {
                "DescribeInstanceInformation" => Answer(
                    $$"""{"InstanceInformationList":[{"InstanceId":"{{Instance}}","PingStatus":"Online"}]}"""),
                "ListCommandInvocations" => Answer(
                    $$"""{"CommandInvocations":[{"InstanceId":"{{Instance}}","Status":"Success","StatusDetails":"Success"}]}"""),
                _ => await base.SendAsync(request, cancellationToken),
            };
        }

        private static HttpResponseMessage Answer(string json) => new(HttpStatusCode.OK)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/x-amz-json-1.1"),
        };
    }
}
