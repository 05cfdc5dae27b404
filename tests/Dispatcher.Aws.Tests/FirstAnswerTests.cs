using System.Net;
using System.Net.Sockets;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Amazon.SQS;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Aws.Tests;

/// <summary>Real clients of a host with a person in front of it call services that have never answered.</summary>
public sealed class FirstAnswerTests
{
    private static readonly BasicAWSCredentials Credentials = new("a", "b");

    private TestClock _clock = null!;

    private static IEnumerable<TestCaseData> Calls()
    {
        yield return Call("S3", static services =>
            services.GetRequiredService<IAmazonS3>().ListObjectsV2Async(new() { BucketName = "bucket" }));
        yield return Call("DynamoDB", static services => services.GetRequiredService<IAmazonDynamoDB>().ListTablesAsync());
        yield return Call("SQS", static services => services.GetRequiredService<IAmazonSQS>().ListQueuesAsync("q"));
        yield return Call("STS", static services =>
            services.GetRequiredService<IAmazonSecurityTokenService>().GetCallerIdentityAsync(new GetCallerIdentityRequest()));
    }

    [SetUp]
    public void SetClock() => _clock = new TestClock();

    [TestCaseSource(nameof(Calls))]
    public async Task Call_ServiceIsSilent_IsToldAfterTwoSecondsAndGivenUpAfterTen(string service, Func<IServiceProvider, Task> call)
    {
        using var silent = new FakeService();
        await using var harness = Harness(silent.Url);
        var running = call(harness.Services);
        await silent.ReceiveAsync();

        _clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.That(harness.Logs.Lines, Is.Empty);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.That(
            harness.Logs.Lines.Single(), Does.EndWith($"Waiting for {service} at {silent.Url} (2 s). It is given up after 10 s."));
        _clock.Advance(TimeSpan.FromSeconds(8));

        Assert.That(await MessageOfAsync(harness, running), Does.Contain(silent.Url).And.Contain("given up after 10 s"));
    }

    [Test]
    public async Task Call_NobodyListens_IsRetriedForTenSecondsAtMost()
    {
        string url;
        using (var service = new FakeService())
        {
            url = service.Url;
        }

        await AssertGivenUpAsync(url);
    }

    [Test]
    public async Task Call_BacklogIsFull_IsGivenUpAfterTenSeconds()
    {
        // Linux keeps one more connection than the backlog says, and drops every packet that asks for another one.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var address = (IPEndPoint)listener.LocalEndPoint!;
        using var waiting = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await waiting.ConnectAsync(address);

        await AssertGivenUpAsync($"http://{address}");
    }

    [Test]
    public Task Call_NameDoesNotResolve_IsGivenUpAfterTenSeconds() => AssertGivenUpAsync("http://nowhere.invalid:4566");

    [Test]
    public async Task Call_ServiceHasAnsweredBefore_HasTheTimeOfACall()
    {
        using var service = new FakeService();
        await using var harness = Harness(service.Url);
        var dynamoDb = harness.Services.GetRequiredService<IAmazonDynamoDB>();
        var first = dynamoDb.ListTablesAsync();
        await service.AnswerAsync(HttpStatusCode.OK, """{"TableNames":[]}""");
        await first;
        var second = dynamoDb.ListTablesAsync();
        await service.ReceiveAsync();

        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.That(second.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await MessageOfAsync(harness, second), Does.Contain("given up after 30 s"));
    }

    [Test]
    public async Task Call_LongUploadIsTheFirst_HasTheTimeOfACall()
    {
        using var service = new FakeService();
        await using var harness = Harness(service.Url);
        var upload = harness.Services.GetRequiredService<IAmazonS3>().PutObjectAsync(
            new PutObjectRequest { BucketName = "bucket", Key = "k", InputStream = new MemoryStream(new byte[2_000_000]) });
        await service.ReceiveAsync();

        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.That(upload.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await MessageOfAsync(harness, upload), Does.Contain("given up after 30 s"));
    }

    [Test]
    public async Task Call_TimeOfTheServiceIsSpent_IsGivenUpAtOnce()
    {
        using var service = new FakeService();
        await using var harness = Harness(service.Url);
        var first = harness.Services.GetRequiredService<IAmazonDynamoDB>().ListTablesAsync();
        await service.ReceiveAsync();
        _clock.Advance(TimeSpan.FromSeconds(10));
        await MessageOfAsync(harness, first);

        var second = harness.Services.GetRequiredService<IAmazonDynamoDB>().ListTablesAsync();

        Assert.That(await MessageOfAsync(harness, second), Does.Contain("given up after 10 s"));
    }

    private static TestCaseData Call(string service, Func<IServiceProvider, Task> call) => new(service, call);

    private static async Task<string> MessageOfAsync(JobHarness harness, Task call)
    {
        try
        {
            await call;
        }
        catch (Exception exception)
        {
            var failure = harness.Services.GetRequiredService<FailureClassifier>().Classify(exception);
            Assert.That(failure.Kind, Is.EqualTo(FailureKind.Exhausted), "the run does not try again");
            return failure.Message;
        }

        throw new AssertionException("The call succeeded.");
    }

    private async Task AssertGivenUpAsync(string url)
    {
        await using var harness = Harness(url);
        var running = harness.Services.GetRequiredService<IAmazonDynamoDB>().ListTablesAsync();
        await _clock.WhenTimersWaitAsync(2);

        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.That(await MessageOfAsync(harness, running), Does.Contain(url).And.Contain("given up after 10 s"));
        Assert.That(harness.Logs.Lines, Has.One.Contains($"Waiting for DynamoDB at {url} (2 s)."));
    }

    private JobHarness Harness(string url) => new(
        builder =>
        {
            builder.Services.AddSingleton(new FirstAnswerLimit(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2), _clock));
            builder
                .AddAwsClient<IAmazonS3>(() => new AmazonS3Client(Credentials, Configure(new AmazonS3Config(), url)))
                .AddAwsClient<IAmazonDynamoDB>(() => new AmazonDynamoDBClient(Credentials, Configure(new AmazonDynamoDBConfig(), url)))
                .AddAwsClient<IAmazonSQS>(() => new AmazonSQSClient(Credentials, Configure(new AmazonSQSConfig(), url)))
                .AddAwsClient<IAmazonSecurityTokenService>(() =>
                    new AmazonSecurityTokenServiceClient(Credentials, Configure(new AmazonSecurityTokenServiceConfig(), url)));
        },
        new Dictionary<string, string?> { [AwsCallTimeout.Key] = "30" },
        _clock);

    private static TConfig Configure<TConfig>(TConfig config, string url)
        where TConfig : ClientConfig
    {
        config.ServiceURL = url;
        config.AuthenticationRegion = "us-east-1";

        // More than the time allows: here the limit ends a call, not the SDK.
        config.MaxErrorRetry = 30;
        return config;
    }
}
