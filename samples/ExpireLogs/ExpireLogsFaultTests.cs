using Amazon.S3;
using Dispatcher;
using Dispatcher.Testing;
using Dispatcher.Testing.Aws.Fakes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ExpireLogs;

public sealed class ExpireLogsFaultTests
{
    [Test]
    public async Task Run_AnswerLostAndThrottling_DeletesEveryOldLog()
    {
        var aws = new FakeAws();
        var logs = aws.S3.CreateBucket("app-logs");
        for (var number = 1; number <= 5; number++)
        {
            logs.Put($"logs/{number}.log", "old"u8.ToArray(), lastModified: DateTimeOffset.UtcNow.AddDays(-90));
        }

        aws.S3.PageSize = 2;
        aws.Faults.On("s3:DeleteObject").AtCall(3).LoseAnswer();
        aws.Faults.On("s3:ListObjectsV2").AtCall(2).Throttle();
        await using var harness = new JobHarness(
            builder => builder.AddExpireLogs().Services.AddSingleton<IAmazonS3>(aws.CreateS3()),
            new Dictionary<string, string?> { ["LOGS_BUCKET"] = "app-logs" });

        var record = await harness.RunAsync("""{"job":"expire-logs"}""");

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(logs.Objects, Is.Empty);
    }
}
