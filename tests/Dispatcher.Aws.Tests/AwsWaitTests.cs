using System.Net;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Aws.Tests;

/// <summary>Real clients call servers that refuse, are silent, or answer that they are too busy.</summary>
public sealed class AwsWaitTests
{
    /// <summary>More than the time allows: here the timeout ends a call, not the SDK.</summary>
    private const int Retries = 30;

    private static readonly BasicAWSCredentials Credentials = new("a", "b");

    private TestClock _clock = null!;

    private static IEnumerable<TestCaseData> Calls()
    {
        yield return new TestCaseData(
            "S3 GetObject", Call(static services => services.GetRequiredService<IAmazonS3>().GetObjectAsync("bucket", "key")));
        yield return new TestCaseData(
            "DynamoDB ListTables", Call(static services => services.GetRequiredService<IAmazonDynamoDB>().ListTablesAsync()));
        yield return new TestCaseData(
            "SQS SendMessage", Call(
                static services =>
                    services.GetRequiredService<IAmazonSQS>().SendMessageAsync(new SendMessageRequest("http://127.0.0.1/1/q", "x"))));
    }

    [SetUp]
    public void SetClock() => _clock = new TestClock();

    [TestCaseSource(nameof(Calls))]
    public async Task Call_ServiceIsSilent_IsReportedAfterFiveSecondsAndGivenUpAfterTheTimeout(
        string operation, Func<IServiceProvider, Task> call)
    {
        using var service = new FakeService();
        await using var harness = Harness(service.Url, seconds: "30");
        var running = call(harness.Services);
        await service.ReceiveAsync();

        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.That(harness.Logs.Lines, Is.Empty);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(
            harness.Logs.Lines,
            Has.One.Contains($"{operation} at {service.Url} has not answered for 5 s").And.One.Contains("AWS_CALL_TIMEOUT_SECONDS"));
        _clock.Advance(TimeSpan.FromSeconds(25));

        var failure = await FailureOfAsync(harness, running);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Message, Does.StartWith($"{operation} got no answer from {service.Url}: given up after 30 s. "));
            Assert.That(failure.Message, Does.Contain("AWS_CALL_TIMEOUT_SECONDS"));
            Assert.That(failure.HasUserMessage, Is.True);
            Assert.That(failure.Kind, Is.EqualTo(FailureKind.Exhausted));
            Assert.That(harness.Logs.Lines, Has.Count.EqualTo(1));
        }
    }

    [TestCaseSource(nameof(Calls))]
    public async Task Call_ConnectionIsRefused_SaysSoAndIsGivenUpAfterTheTimeout(string operation, Func<IServiceProvider, Task> call)
    {
        string url;
        using (var service = new FakeService())
        {
            url = service.Url;
        }

        await using var harness = Harness(url, seconds: "5", TimeProvider.System);

        var failure = await FailureOfAsync(harness, call(harness.Services));

        Assert.That(
            failure.Message,
            Does.StartWith($"{operation.Split(' ')[0]} at {url} cannot be reached: given up after 5 s (last error: Connection refused"));
    }

    [Test]
    public async Task Call_ServiceIsTooBusyForLongerThanTheTimeout_IsRetriedAllTheSame()
    {
        using var service = new FakeService();
        await using var harness = Harness(service.Url, seconds: "30");
        var running = harness.Services.GetRequiredService<IAmazonDynamoDB>().ListTablesAsync();

        for (var answer = 0; answer < 4; answer++)
        {
            await service.AnswerAsync(
                HttpStatusCode.BadRequest,
                """{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException","message":"Rate exceeded"}""",
                () => _clock.Advance(TimeSpan.FromSeconds(20)));
        }

        await service.AnswerAsync(HttpStatusCode.OK, """{"TableNames":["sessions"]}""");

        Assert.That((await running).TableNames, Is.EqualTo(new[] { "sessions" }));
    }

    [Test]
    public async Task Calls_ManyAtOnceAreWaitedFor_AreReportedOnce()
    {
        using var service = new FakeService();
        await using var harness = Harness(service.Url, seconds: "30");
        var dynamoDb = harness.Services.GetRequiredService<IAmazonDynamoDB>();
        Task[] running = [.. Enumerable.Range(0, 5).Select(_ => dynamoDb.ListTablesAsync())];
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => service.ReceiveAsync()));

        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.That(async () => await Task.WhenAll(running), Throws.TypeOf<TimeoutException>());
        Assert.That(harness.Logs.Lines, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Call_TheCallerGivesUp_IsACancellation()
    {
        using var service = new FakeService();
        using var caller = new CancellationTokenSource();
        await using var harness = Harness(service.Url, seconds: "30");
        var running = harness.Services.GetRequiredService<IAmazonDynamoDB>().ListTablesAsync(caller.Token);
        await service.ReceiveAsync();

        await caller.CancelAsync();

        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase("0")]
    [TestCase("901")]
    [TestCase("soon")]
    [TestCase("-5")]
    public async Task Client_TimeoutIsWrong_IsRefusedByName(string seconds)
    {
        await using var harness = Harness("http://127.0.0.1:1", seconds);

        Assert.That(
            () => harness.Services.GetRequiredService<IAmazonS3>(),
            Throws.TypeOf<PermanentJobException>().With.Message.EqualTo(
                $"The environment variable AWS_CALL_TIMEOUT_SECONDS is '{seconds}'. Set it to a whole number of seconds from 1 to 900, or "
                    + "remove it."));
    }

    private static Func<IServiceProvider, Task> Call(Func<IServiceProvider, Task> call) => call;

    private static async Task<Failure> FailureOfAsync(JobHarness harness, Task call)
    {
        try
        {
            await call;
        }
        catch (Exception exception)
        {
            return harness.Services.GetRequiredService<FailureClassifier>().Classify(exception);
        }

        throw new AssertionException("The call succeeded.");
    }

    private JobHarness Harness(string url, string seconds, TimeProvider? clock = null) => new(
        builder => builder
            .AddAwsClient<IAmazonS3>(
                () =>
                    new AmazonS3Client(
                        Credentials, new AmazonS3Config { ServiceURL = url, AuthenticationRegion = "us-east-1", MaxErrorRetry = Retries }))
            .AddAwsClient<IAmazonDynamoDB>(
                () => new AmazonDynamoDBClient(Credentials, new AmazonDynamoDBConfig { ServiceURL = url, MaxErrorRetry = Retries }))
            .AddAwsClient<IAmazonSQS>(
                () => new AmazonSQSClient(Credentials, new AmazonSQSConfig { ServiceURL = url, MaxErrorRetry = Retries })),
        new Dictionary<string, string?> { [AwsCallTimeout.Key] = seconds },
        clock ?? _clock);
}
