using Dispatcher.Aws.Continuations;
using Dispatcher.Text;
using Microsoft.Extensions.Configuration;

namespace Dispatcher.Aws.Tests.Continuations;

public sealed class JobQueueSettingsTests
{
    [TestCase(null)]
    [TestCase("")]
    [TestCase("  ")]
    public void Read_NoUrl_IsNone(string? url) => Assert.That(JobQueueSettings.Read(Configuration(url)), Is.Null);

    [TestCase("https://sqs.eu-central-1.amazonaws.com/123456789012/jobs")]
    [TestCase(" http://127.0.0.1:5000/123456789012/jobs ")]
    public void Read_Url_IsTheQueue(string url) =>
        Assert.That(JobQueueSettings.Read(Configuration(url)), Is.EqualTo(new JobQueueSettings(url.Trim())));

    [TestCase("jobs")]
    [TestCase("arn:aws:sqs:eu-central-1:123456789012:jobs")]
    [TestCase("https://sqs.eu-central-1.amazonaws.com/")]
    [TestCase("https://sqs.eu-central-1.amazonaws.com/jobs")]
    [TestCase("https://sqs.eu-central-1.amazonaws.com/123456789012/jobs?x=1")]
    [TestCase("ftp://sqs.eu-central-1.amazonaws.com/123456789012/jobs")]
    public void Read_NoQueue_SaysWhatToSet(string url) => Assert.That(
        () => JobQueueSettings.Read(Configuration(url)),
        Throws.InvalidOperationException.With.Message.StartsWith(
            $"The environment variable JOB_QUEUE_URL is '{Redaction.Value(url)}', which is not an SQS queue.")
            .And.Message.Contains("https://sqs.REGION.amazonaws.com/ACCOUNT/NAME"));

    [Test]
    public void Read_FifoQueue_SaysWhyNot() => Assert.That(
        () => JobQueueSettings.Read(Configuration("https://sqs.eu-central-1.amazonaws.com/123456789012/jobs.fifo")),
        Throws.InvalidOperationException.With.Message.Contains("which is a FIFO queue").And.Message.Contains("standard queue"));

    [TestCase("jobs")]
    [TestCase("https://sqs.eu-central-1.amazonaws.com/123456789012/jobs.fifo")]
    public void Create_NoStandardQueue_IsRefused(string url) =>
        Assert.That(() => new JobQueueSettings(url), Throws.ArgumentException.With.Message.StartsWith($"The job queue is '{url}', which "
            + "is "));

    private static IConfiguration Configuration(string? url) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["JOB_QUEUE_URL"] = url }).Build();
}
