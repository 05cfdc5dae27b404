using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Testing;
using Dispatcher.Testing.Aws;
using NUnit.Framework;

namespace ExpireLogs;

public sealed class ExpireLogsPermissionTests
{
    [Test]
    public async Task Registration_RunThatNeedsEverything_AllowsExactlyThat()
    {
        using var s3 = new AmazonS3Client();
        await s3.PutBucketAsync("app-logs");
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = "app-logs", Key = "logs/old.log", ContentBody = "old" });
        await using var harness = new JobHarness(
            builder => builder.AddExpireLogs(), new Dictionary<string, string?> { ["LOGS_BUCKET"] = "app-logs" });
        var contract = new PermissionContract();

        var record = await contract.RunAsync(harness, """{"job":"expire-logs","parameters":{"olderThanDays":0}}""");

        Assert.That(record.Changes.Applied, Is.EqualTo(1), record.Summary);
        contract.Verify();
    }
}
