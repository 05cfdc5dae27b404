using System.Net.Http.Headers;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Dispatcher.Benchmarks.Synthetic;
using Dispatcher.Jobs.VideoUploads.Cleanup;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Jobs.VideoUploads.Tests;

/// <summary>
/// What a run holds in memory does not grow with the table and the bucket. Measured at its last listing, of uploads that are computed page
/// by page.
/// </summary>
[NonParallelizable]
public sealed class LiveHeapTests
{
    private const int Few = 2_000;
    private const int Many = 20_000;

    [TestCase(false, false, 0, TestName = "Run_TenTimesAsManyKept_HoldsNoMore")]
    [TestCase(true, true, 150, TestName = "Run_TenTimesAsManyExpiredInADryRun_HoldsAHashOfEach")]
    [TestCase(true, false, 150, TestName = "Run_TenTimesAsManyExpired_HoldsAHashOfEach")]
    public async Task Run_TenTimesAsMany_HoldsLittleMore(bool expired, bool dryRun, int bytesEach)
    {
        await MeasureAsync(Few, expired, dryRun);

        var few = await MeasureAsync(Few, expired, dryRun);
        var many = await MeasureAsync(Many, expired, dryRun);

        TestContext.Out.WriteLine($"{few:N0} and {many:N0} bytes: {(many - few) / (double)(Many - Few):0.0} each");
        Assert.That(many - few, Is.LessThan(((Many - Few) * bytesEach) + 500_000));
    }

    private static async Task<long> MeasureAsync(int count, bool expired, bool dryRun)
    {
        var handler = new SyntheticHandler(new SyntheticUploads(count, expired));
        var factory = new SyntheticClients(handler);
        using var s3 = new AmazonS3Client(
            new AnonymousAWSCredentials(),
            new AmazonS3Config
            {
                ServiceURL = "http://synthetic", AuthenticationRegion = "us-east-1", ForcePathStyle = true, HttpClientFactory = factory,
            });
        using var dynamoDb = new AmazonDynamoDBClient(
            new AnonymousAWSCredentials(),
            new AmazonDynamoDBConfig { ServiceURL = "http://synthetic", AuthenticationRegion = "us-east-1", HttpClientFactory = factory });
        await using var harness = new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton<IAmazonS3>(s3).AddSingleton<IAmazonDynamoDB>(dynamoDb);
                builder.AddVideoUploadCleanup();
            },
            new Dictionary<string, string?> { ["TABLE_NAME"] = "sessions", ["BUCKET"] = "uploads" });

        var record = await harness.RunAsync(
            $$"""{"job":"video-upload-cleanup","dryRun":{{(dryRun ? "true" : "false")}}}""");

        Assert.That(record.Status, Is.EqualTo(dryRun ? JobStatus.Planned : JobStatus.Succeeded), record.Summary);
        Assert.That(record.Count("sessionsScanned"), Is.EqualTo(count));
        return handler.HeapAtTheEnd;
    }

    private sealed class SyntheticClients(HttpMessageHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(handler, disposeHandler: false);
    }

    private sealed class SyntheticHandler(SyntheticUploads uploads) : HttpMessageHandler
    {
        private readonly SyntheticDynamoDb _dynamoDb = new(uploads) { PageSize = 500 };
        private readonly SyntheticS3 _s3 = new(uploads);

        public long HeapAtTheEnd { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var query = request.RequestUri!.Query.TrimStart('?').Split('&').Select(static pair => pair.Split('=', 2))
                .ToDictionary(static pair => pair[0], static pair => Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? string.Empty));
            if (query.ContainsKey("uploads"))
            {
                HeapAtTheEnd = GC.GetTotalMemory(forceFullCollection: true);
            }

            var body = request.Content is null ? Stream.Null : await request.Content.ReadAsStreamAsync(cancellationToken);
            var answer = request.Headers.TryGetValues("X-Amz-Target", out var target)
                ? _dynamoDb.Answer(target.Single().Split('.')[1], body)
                : _s3.Answer(request.Method.Method, request.RequestUri.AbsolutePath, query, body);
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(answer.Body));
            content.Headers.ContentType = new MediaTypeHeaderValue(answer.Type);
            return new HttpResponseMessage { Content = content, RequestMessage = request };
        }
    }
}
