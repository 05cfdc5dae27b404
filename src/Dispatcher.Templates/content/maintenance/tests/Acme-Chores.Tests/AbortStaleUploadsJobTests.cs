using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Acme_Chores.Tests;

public sealed class AbortStaleUploadsJobTests
{
    [TestCase("true", JobStatus.Planned, 0)]
    [TestCase("false", JobStatus.Succeeded, 1)]
    public async Task RunAsync_OldAndNewUpload_AbortsTheOldOneUnlessDryRun(string dryRun, JobStatus status, int calls)
    {
        var s3 = new Mock<IAmazonS3>();
        s3.Setup(client => client.ListMultipartUploadsAsync(It.IsAny<ListMultipartUploadsRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ListMultipartUploadsResponse { MultipartUploads = [Upload("old.mp4", days: 8), Upload("new.mp4", days: 6)] });
        await using var harness = new JobHarness(
            jobs =>
            {
                jobs.Services.AddSingleton(s3.Object);
                Acme__Jobs.Add(jobs);
            },
            new Dictionary<string, string?> { ["UPLOADS_BUCKET"] = "uploads" });

        var run = await harness.RunAsync($$"""{"job":"abort-stale-uploads","dryRun":{{dryRun}}}""");

        Assert.That(run.Status, Is.EqualTo(status));
        Assert.That(run.Count("uploadsAborted"), Is.EqualTo(1));
        s3.Verify(call => call.AbortMultipartUploadAsync("uploads", "old.mp4", "1", It.IsAny<CancellationToken>()), Times.Exactly(calls));
        s3.Verify(call => call.AbortMultipartUploadAsync("uploads", "new.mp4", "1", It.IsAny<CancellationToken>()), Times.Never);
    }

    private static MultipartUpload Upload(string key, int days) =>
        new() { Key = key, UploadId = "1", Initiated = DateTime.UtcNow.AddDays(-days) };
}
