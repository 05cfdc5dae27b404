using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Dispatcher.Hosting;
using Dispatcher.Jobs.VideoUploads.Cleanup;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Jobs.VideoUploads.Tests;

public sealed class CleanupPreflightTests
{
    private FakeTable _table = null!;
    private FakeBucket _bucket = null!;

    [SetUp]
    public void SetUp()
    {
        _table = new FakeTable();
        _bucket = new FakeBucket(DateTimeOffset.UtcNow);
    }

    [Test]
    public async Task Configuration_NeitherTableNorBucket_AreBothNamedAndNothingIsCalled()
    {
        var problems = (await Assert.ThrowsAsync<JobRequestException>(() => RunAsync([])))!.Problems;

        Assert.That(problems, Has.Count.EqualTo(2));
        Assert.That(problems[0], Does.Contain("'table' is missing").And.Contain("TABLE_NAME"));
        Assert.That(problems[1], Does.Contain("'bucket' is missing").And.Contain("BUCKET"));
        Assert.That(_table.Mock.Invocations, Is.Empty);
        Assert.That(_bucket.Mock.Invocations, Is.Empty);
    }

    [Test]
    public async Task Table_DoesNotExist_FailsTheRunWithItsNameAndTheVariable()
    {
        _table.Mock.Setup(table => table.DescribeTableAsync(It.IsAny<DescribeTableRequest>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new ResourceNotFoundException("Requested resource not found"));

        var summary = await RunAsync();

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.StartWith("The DynamoDB table 'UploadSessions' does not exist").And.Contain("TABLE_NAME"));
    }

    [Test]
    public async Task Bucket_DoesNotExist_FailsTheRunWithItsNameAndTheVariable()
    {
        _bucket.Mock.Setup(bucket => bucket.GetBucketVersioningAsync(It.IsAny<GetBucketVersioningRequest>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new AmazonS3Exception("no bucket", ErrorType.Sender, "NoSuchBucket", "R1", HttpStatusCode.NotFound));

        var summary = await RunAsync();

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.StartWith("The S3 bucket 'media' does not exist").And.Contain("BUCKET"));
    }

    [Test]
    public async Task Permission_IsMissing_FailsTheRunOnceWithTheOperationsTarget()
    {
        _table.Mock.Setup(table => table.DescribeTimeToLiveAsync(It.IsAny<DescribeTimeToLiveRequest>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new AmazonDynamoDBException(
                "User is not authorized to perform: dynamodb:DescribeTimeToLive",
                ErrorType.Sender,
                "AccessDeniedException",
                "R1",
                HttpStatusCode.BadRequest));

        var summary = await RunAsync();

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Attempts, Is.EqualTo(1));
        Assert.That(summary.Summary, Does.Contain("dynamodb:DescribeTimeToLive").And.Contain("'UploadSessions'").And.Contain("'media'"));
        Assert.That(summary.Errors, Is.Empty);
    }

    [Test]
    public async Task Table_MayNotBeDescribed_FailsTheRunWithThePermission()
    {
        _table.Mock.Setup(table => table.DescribeTableAsync(It.IsAny<DescribeTableRequest>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new AmazonDynamoDBException(
                "User is not authorized", ErrorType.Sender, "AccessDeniedException", "R1", HttpStatusCode.BadRequest));

        var summary = await RunAsync();

        Assert.That(summary.Summary, Does.Contain("Allow dynamodb:DescribeTable").And.Contain("'UploadSessions'"));
    }

    [TestCase("id", "S", null, "hash key 'id' (type S), not 'uploadSessionId'", "set the parameter hashKey to 'id'")]
    [TestCase("uploadSessionId", "N", null, "has the type N", "hashKey")]
    [TestCase("uploadSessionId", "B", null, "has the type B", "hashKey")]
    [TestCase("uploadSessionId", "S", "createdAt", "has the sort key 'createdAt'", "TABLE_NAME")]
    [TestCase("pk", "S", "sk", "has the sort key 'sk'", "TABLE_NAME")]
    public async Task Table_HasAnotherKey_IsRefusedByTheDryRunToo(string hashKey, string type, string? sortKey, string found, string remedy)
    {
        _table.Description = new TableDescription
        {
            KeySchema = [new KeySchemaElement(hashKey, KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition(hashKey, new ScalarAttributeType(type))],
        };
        if (sortKey is not null)
        {
            _table.Description.KeySchema.Add(new KeySchemaElement(sortKey, KeyType.RANGE));
        }

        var planned = await RunAsync(payload: """{"job":"video-upload-cleanup","dryRun":true}""");
        var real = await RunAsync();

        Assert.That(planned.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(planned.Summary, Does.Contain(found).And.Contain(remedy).And.Contain("'UploadSessions'"));
        Assert.That(real.Summary, Is.EqualTo(planned.Summary));
    }

    [Test]
    public async Task Versioning_CannotBeRead_DoesNotFailTheRun()
    {
        _bucket.Mock.Setup(bucket => bucket.GetBucketVersioningAsync(It.IsAny<GetBucketVersioningRequest>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new AmazonS3Exception("Please reduce your request "
                + "rate.", ErrorType.Sender, "SlowDown", "R1", HttpStatusCode.ServiceUnavailable));

        var summary = await RunAsync();

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded), summary.Summary);
        Assert.That(summary.Attempts, Is.EqualTo(1));
    }

    private async Task<RunRecord> RunAsync(
        Dictionary<string, string?>? environment = null, string payload = """{"job":"video-upload-cleanup"}""")
    {
        await using var harness = new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton(_table.Mock.Object).AddSingleton(_bucket.Mock.Object);
                builder.AddVideoUploadCleanup();
            },
            environment ?? new Dictionary<string, string?> { ["TABLE_NAME"] = "UploadSessions", ["BUCKET"] = "media" });
        return await harness.RunAsync(payload);
    }
}
