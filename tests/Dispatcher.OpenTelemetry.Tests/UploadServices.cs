using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Dispatcher.Aws;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.OpenTelemetry.Tests;

/// <summary>The upload job, with an S3 client whose requests all succeed.</summary>
internal static class UploadServices
{
    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Retry:BaseDelaySeconds"] = "0.001",
    };

    public static void Add(IDispatcherBuilder dispatcher) => dispatcher
        .AddAwsClient<IAmazonS3>(CreateClient)
        .AddJob<UploadJob>(UploadJob.Name);

    private static AmazonS3Client CreateClient() => new(
        new BasicAWSCredentials("a", "b"),
        new AmazonS3Config
        {
            ServiceURL = "http://127.0.0.1:1", AuthenticationRegion = "eu-central-1", HttpClientFactory = new Network(),
        });

    private sealed class Network : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Answering());

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }

    private sealed class Answering : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("content") });
    }
}
