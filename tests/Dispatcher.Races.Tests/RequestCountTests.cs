using System.Collections.Concurrent;
using Dispatcher.Races.Tests.World;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests;

/// <summary>What the cleanup costs in requests, as a table of operations. Each number has its reason in docs/performance.md.</summary>
[Parallelizable]
internal sealed class RequestCountTests
{
    private const string Delete =
        """{"orphans":"delete","completedUploadsKeepTheirSession":true,"maxOrphanedPercent":99,"concurrency":1}""";

    private const string Report = """{"concurrency":1}""";

    /// <summary>A call for up to 100 sessions, a page of 1,000 keys; S3 has no batch for ListParts and AbortMultipartUpload.</summary>
    [Test]
    public async Task Run_ThousandExpiredHundredStuckThousandOrphans_SendsThese()
    {
        var world = new CleanupWorld(seed: 1);
        Add(world, UploadKind.ExpiredWithObject, 500);
        Add(world, UploadKind.MultipartEmpty, 500);
        Add(world, UploadKind.MultipartWithParts, 100);
        Add(world, UploadKind.Orphan, 1_000);

        var (record, requests) = await RunAsync(world, Delete);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Count("sessionsCleaned"), Is.EqualTo(1_000));
            Assert.That(record.Count("sessionsMarkedPartial"), Is.EqualTo(100));
            Assert.That(record.Count("sessionsClaimed"), Is.EqualTo(1_100), "each once");
            Assert.That(record.Count("multipartUploadsAborted"), Is.EqualTo(500));
            Assert.That(record.Count("orphanedObjectsDeleted"), Is.EqualTo(1_000));
            Assert.That(requests, Is.EqualTo((string[])[
                "dynamodb:BatchGetItem 47", "dynamodb:DescribeTable 1", "dynamodb:DescribeTimeToLive 1", "dynamodb:Scan 3",
                "dynamodb:TransactWriteItems 28", "s3:AbortMultipartUpload 500", "s3:DeleteObjects 15", "s3:GetBucketVersioning 1",
                "s3:ListMultipartUploads 1", "s3:ListObjectsV2 23", "s3:ListParts 600",
            ]), string.Join(", ", requests));
            Assert.That(Sum(requests, "dynamodb:"), Is.LessThanOrEqualTo(80), "1.1 times the 73 that batches of 100 allow");
            Assert.That(Sum(requests, string.Empty), Is.LessThanOrEqualTo(1_250));
        }
    }

    /// <summary>A scan asks for 1,000 sessions at once, although 1 MB holds more: what a page is read into takes memory.</summary>
    [Test]
    public async Task Run_ExpiredAreRareAmongManyKeys_LooksAtEachObjectTwice()
    {
        var world = new CleanupWorld(seed: 1);
        world.Aws.DynamoDb.PageSize = 4_000;
        Add(world, UploadKind.UploadedForGood, 20_000);
        Add(world, UploadKind.ExpiredWithObject, 100);

        var (record, requests) = await RunAsync(world, Report);

        Assert.That(record.Count("objectsDeleted"), Is.EqualTo(100));
        Assert.That(requests, Is.EqualTo((string[])[
            "dynamodb:BatchGetItem 201", "dynamodb:DescribeTable 1", "dynamodb:DescribeTimeToLive 1", "dynamodb:Scan 22",
            "dynamodb:TransactWriteItems 2", "s3:DeleteObjects 1", "s3:GetBucketVersioning 1", "s3:HeadObject 190",
            "s3:ListMultipartUploads 1", "s3:ListObjectsV2 22",
        ]), string.Join(", ", requests));
    }

    [Test]
    public async Task Run_OrphansAreRareAmongManyKeys_ChangesThemInFullBatches()
    {
        var world = new CleanupWorld(seed: 1);
        Add(world, UploadKind.UploadedForGood, 5_000);
        Add(world, UploadKind.Orphan, 100);

        var (record, requests) = await RunAsync(world, Delete);

        Assert.That(record.Count("orphanedObjectsDeleted"), Is.EqualTo(100));
        Assert.That(requests, Is.EqualTo((string[])[
            "dynamodb:BatchGetItem 103", "dynamodb:DescribeTable 1", "dynamodb:DescribeTimeToLive 1", "dynamodb:Scan 6",
            "s3:DeleteObjects 1", "s3:GetBucketVersioning 1", "s3:ListMultipartUploads 1", "s3:ListObjectsV2 17",
        ]), string.Join(", ", requests));
    }

    [Test]
    public async Task Run_LifecycleRuleHasAbortedTheUploads_LooksForTheirObjectsTogether()
    {
        var world = new CleanupWorld(seed: 1);
        Add(world, UploadKind.MultipartGone, 100);

        var (record, requests) = await RunAsync(world, Report);

        Assert.That(record.Count("sessionsCleaned"), Is.EqualTo(100));
        Assert.That(requests, Is.EqualTo((string[])[
            "dynamodb:DescribeTable 1", "dynamodb:DescribeTimeToLive 1", "dynamodb:Scan 2", "dynamodb:TransactWriteItems 2",
            "s3:GetBucketVersioning 1", "s3:ListMultipartUploads 1", "s3:ListObjectsV2 2", "s3:ListParts 100",
        ]), string.Join(", ", requests));
    }

    private static void Add(CleanupWorld world, UploadKind kind, int count)
    {
        for (var number = 0; number < count; number++)
        {
            world.Add(kind);
        }
    }

    private static async Task<(RunRecord Record, string[] Requests)> RunAsync(CleanupWorld world, string parameters)
    {
        var requests = new ConcurrentBag<string>();
        world.Aws.BeforeCall = call =>
        {
            requests.Add(call.Operation);
            return ValueTask.FromResult(FakeFault.None);
        };
        await using var runner = new CleanupRunner(world);
        var record = (await runner.RunAsync(parameters))!;
        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        return (record, [.. requests.CountBy(static operation => operation).OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(static pair => $"{pair.Key} {pair.Value}")]);
    }

    private static int Sum(string[] requests, string service) =>
        requests.Where(line => line.StartsWith(service, StringComparison.Ordinal)).Sum(static line => int.Parse(line.Split(' ')[1]));
}
