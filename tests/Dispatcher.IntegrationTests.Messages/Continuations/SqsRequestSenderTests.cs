using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.Aws.Continuations;
using Dispatcher.Hosting;
using Dispatcher.LocalServers.Moto;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.IntegrationTests.Messages.Continuations;

/// <summary>Runs a job that never finishes, and looks at what its continuation leaves in a queue of a real server.</summary>
public sealed class SqsRequestSenderTests
{
    private MotoServer _moto = null!;
    private AmazonSQSClient _sqs = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _moto = await SharedMoto.ResetAsync();
        _sqs = _moto.CreateSqs();
    }

    [OneTimeTearDown]
    public void Stop() => _sqs?.Dispose();

    [Test]
    public async Task SendAsync_Continued_PutsThePayloadOfTheNextRunOnTheQueue()
    {
        var queue = (await _sqs.CreateQueueAsync(new CreateQueueRequest("jobs"))).QueueUrl;
        await using var harness = Harness(queue, idleDelaySeconds: 0);

        var summary = await harness.RunAsync("""{"job":"endless","id":"event-1","scheduledTime":"2026-11-22T03:00:00Z","continuation":2}""");

        var message = (await _sqs.ReceiveMessageAsync(new ReceiveMessageRequest(queue))).Messages.Single();
        var next = harness.Services.GetRequiredService<JobRequestReader>(
            ).Read(JobRequestReader.Parse(Encoding.UTF8.GetBytes(message.Body))).Request;
        Assert.That(summary.Status, Is.EqualTo(JobStatus.Continued), summary.Summary);
        Assert.That(next, Is.EqualTo(new JobRequest("endless")
        {
            Id = "event-1",
            ScheduledTime = new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero),
            Continuation = 3,
        }));
    }

    [Test]
    public async Task SendAsync_NothingWasChanged_DelaysTheMessage()
    {
        var queue = (await _sqs.CreateQueueAsync(new CreateQueueRequest("idle"))).QueueUrl;
        await using var harness = Harness(queue, idleDelaySeconds: 600);

        await harness.RunAsync("""{"job":"endless"}""");

        var attributes = (await _sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest(queue, ["All"]))).Attributes;
        Assert.That(attributes["ApproximateNumberOfMessagesDelayed"], Is.EqualTo("1"));
        Assert.That(attributes["ApproximateNumberOfMessages"], Is.EqualTo("0"));
    }

    [Test]
    public async Task SendAsync_NoSuchQueue_FailsTheRunAndNamesTheSetting()
    {
        var summary = await RunAsync($"{_moto.Url}/123456789012/nowhere", """{"job":"endless"}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain($"There is no queue '{_moto.Url}/123456789012/nowhere'. Correct JOB_QUEUE_URL"));
    }

    [Test]
    public async Task SendAsync_QueueTakesNoMessageOfThisSize_FailsTheRunAndNamesTheAttribute()
    {
        var queue = (await _sqs.CreateQueueAsync(new CreateQueueRequest("narrow")
        {
            Attributes = new Dictionary<string, string> { ["MaximumMessageSize"] = "1024" },
        })).QueueUrl;

        var summary = await RunAsync(queue, $$"""{"job":"endless","id":"{{new string('ü', 250)}}"}""");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.Contain("does not accept a message of 1,542 bytes. Raise its attribute MaximumMessageSize"));
    }

    [Test]
    public async Task SendAsync_ServerIsGone_FailsTheRunInsteadOfLosingTheRest()
    {
        var summary = await RunAsync("http://127.0.0.1:9/123456789012/jobs", """{"job":"endless"}""", "http://127.0.0.1:9");

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.StartWith("Half done. What is left could not be queued: "
            + "SQS at http://127.0.0.1:9 cannot be reached"));
    }

    private async Task<RunRecord> RunAsync(string queue, string payload, string? server = null)
    {
        await using var harness = Harness(queue, server: server);
        return await harness.RunAsync(payload);
    }

    private JobHarness Harness(string queue, int idleDelaySeconds = 60, string? server = null) => new(
        builder =>
        {
            builder.Services.AddSingleton<IAmazonSQS>(_ => new AmazonSQSClient(
                MotoServer.Credentials,
                new AmazonSQSConfig { ServiceURL = server ?? _moto.Url, AuthenticationRegion = "us-east-1", MaxErrorRetry = 1 }));
            builder.AddSqsJobQueue(new JobQueueSettings(queue)).AddJob<EndlessJob>("endless");
        },
        new Dictionary<string, string?> { ["Continuation:IdleDelaySeconds"] = $"{idleDelaySeconds}" });
}
