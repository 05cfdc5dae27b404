using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS.Model;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Testing.Aws.Fakes.Tests;

[Parallelizable]
internal sealed class FaultRuleTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    private PauselessTimeProvider _clock = null!;
    private FakeAws _aws = null!;
    private AmazonS3Client _s3 = null!;

    [SetUp]
    public void CreateWorld()
    {
        _clock = new PauselessTimeProvider(Start);
        _aws = new FakeAws(_clock);
        _aws.S3.CreateBucket("bucket");
        _s3 = _aws.CreateS3(configure: static config => config.MaxErrorRetry = 0);
    }

    [TearDown]
    public void DisposeClient() => _s3.Dispose();

    [Test]
    public async Task AtCall_ThirdOfAnOperation_FailsThatOneOnly()
    {
        var rule = _aws.Faults.On("s3:DeleteObject").AtCall(3).ServerError();

        await _s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "bucket" });
        await _s3.DeleteObjectAsync("bucket", "1");
        await _s3.DeleteObjectAsync("bucket", "2");
        await Assert.ThrowsAsync<AmazonS3Exception>(() => _s3.DeleteObjectAsync("bucket", "3"));
        await _s3.DeleteObjectAsync("bucket", "4");

        Assert.That(rule.Met, Is.EqualTo(1));
    }

    [Test]
    public async Task LoseAnswer_OfADeletion_DeletesAndCutsTheConnection()
    {
        var bucket = _aws.S3.CreateBucket("other");
        bucket.Put("key", "x"u8.ToArray());
        _aws.Faults.On("s3:DeleteObject", "s3://other/*").LoseAnswer();

        await Assert.ThrowsAsync<IOException>(() => _s3.DeleteObjectAsync("other", "key"));

        Assert.That(bucket.Objects, Is.Empty);
    }

    [Test]
    public async Task CutConnection_BeforeADeletion_DeletesNothing()
    {
        var bucket = _aws.S3.CreateBucket("other");
        bucket.Put("key", "x"u8.ToArray());
        _aws.Faults.On("s3:*", "s3://other/*").CutConnection();

        await Assert.ThrowsAsync<IOException>(() => _s3.DeleteObjectAsync("other", "key"));

        Assert.That(bucket.Objects, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task For_ATimeFromTheFirstRequest_EndsOnTheServicesClock()
    {
        _aws.Faults.On("s3:*").For(TimeSpan.FromSeconds(3)).Throttle();

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => _s3.DeleteObjectAsync("bucket", "1"));
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<AmazonS3Exception>(() => _s3.DeleteObjectAsync("bucket", "1"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _s3.DeleteObjectAsync("bucket", "1");

        Assert.That(refusal!.ErrorCode, Is.EqualTo("SlowDown"));
    }

    [Test]
    public async Task WithProbability_SameSeed_FailsTheSameRequests()
    {
        async Task<string> RunAsync()
        {
            _aws.Faults.Clear();
            _aws.Faults.On("s3:*").WithProbability(0.5, seed: 7).Deny();
            var outcomes = new List<char>();
            for (var number = 0; number < 20; number++)
            {
                try
                {
                    await _s3.DeleteObjectAsync("bucket", "key");
                    outcomes.Add('+');
                }
                catch (AmazonServiceException)
                {
                    outcomes.Add('-');
                }
            }

            return string.Concat(outcomes);
        }

        var first = await RunAsync();

        Assert.That(first, Does.Contain('+').And.Contain('-'));
        Assert.That(await RunAsync(), Is.EqualTo(first));
    }

    [Test]
    public async Task Delay_OfARequest_PassesOnTheServicesClock()
    {
        _aws.Faults.On("s3:DeleteObject").Delay(TimeSpan.FromSeconds(40));

        await _s3.DeleteObjectAsync("bucket", "key");

        Assert.That(_clock.GetUtcNow() - Start, Is.EqualTo(TimeSpan.FromSeconds(40)));
    }

    [Test]
    public async Task BeforeAndAfter_Hooks_SeeTheWorldBeforeAndAfterTheRequest()
    {
        var bucket = _aws.S3.CreateBucket("other");
        bucket.Put("key", "x"u8.ToArray());
        var counts = new List<int>();
        ValueTask Count(FakeCall call)
        {
            counts.Add(bucket.Objects.Count);
            return ValueTask.CompletedTask;
        }

        _aws.Faults.On("s3:DeleteObject").Before(Count).After(Count);

        await _s3.DeleteObjectAsync("other", "key");

        Assert.That(counts, Is.EqualTo(new[] { 1, 0 }));
    }

    [Test]
    public async Task FailEntries_OfDeleteObjects_DeletesTheOthers()
    {
        var bucket = _aws.S3.CreateBucket("other");
        bucket.Put("a", "x"u8.ToArray());
        bucket.Put("b", "x"u8.ToArray());
        _aws.Faults.On("s3:DeleteObjects").FailEntries(static key => key == "a");
        var request = new DeleteObjectsRequest
        {
            BucketName = "other", Objects = [new KeyVersion { Key = "a" }, new KeyVersion { Key = "b" }],
        };

        var exception = await Assert.ThrowsAsync<DeleteObjectsException>(() => _s3.DeleteObjectsAsync(request));

        Assert.That(exception!.Response.DeleteErrors.Select(static error => $"{error.Key} {error.Code}"), Is.EqualTo(["a InternalError"]));
        Assert.That(bucket.Objects.Select(static item => item.Key), Is.EqualTo(["a"]));
    }

    [Test]
    public async Task ProcessAtMost_OfBatches_LeavesTheOthersUnprocessed()
    {
        using var database = _aws.CreateDynamoDb();
        var table = _aws.DynamoDb.CreateTable("table", "id");
        _aws.Faults.On("dynamodb:Batch*").ProcessAtMost(1);
        static Dictionary<string, AttributeValue> Key(string id) => new() { ["id"] = new() { S = id } };
        static WriteRequest Write(string id) => new() { PutRequest = new PutRequest { Item = Key(id) } };

        var written = await database.BatchWriteItemAsync(
            new Dictionary<string, List<WriteRequest>> { ["table"] = [Write("1"), Write("2")] });
        var read = await database.BatchGetItemAsync(
            new Dictionary<string, KeysAndAttributes> { ["table"] = new() { Keys = [Key("1"), Key("2")] } });

        Assert.Multiple(() =>
        {
            Assert.That(table.Items.Select(static item => item["id"]), Is.EqualTo(["1"]));
            Assert.That(written.UnprocessedItems["table"].Single().PutRequest.Item["id"].S, Is.EqualTo("2"));
            Assert.That(read.Responses["table"].Single()["id"].S, Is.EqualTo("1"));
            Assert.That(read.UnprocessedKeys["table"].Keys.Single()["id"].S, Is.EqualTo("2"));
        });
    }

    [Test]
    public async Task FailEntries_OfSendMessageBatch_SendsTheOthers()
    {
        using var sqs = _aws.CreateSqs();
        var queue = _aws.Sqs.CreateQueue("queue");
        _aws.Faults.On("sqs:SendMessageBatch").FailEntries(static id => id == "2");
        var request = new SendMessageBatchRequest
        {
            QueueUrl = "http://sqs.fake/000000000000/queue",
            Entries = [new SendMessageBatchRequestEntry("1", "one"), new SendMessageBatchRequestEntry("2", "two")],
        };

        var answer = await sqs.SendMessageBatchAsync(request);

        Assert.That(
            answer.Failed.Select(static entry => $"{entry.Id} {entry.Code} {entry.SenderFault}"),
            Is.EqualTo(["2 InternalError False"]));
        Assert.That(queue.Messages.Select(static message => message.Body), Is.EqualTo(["one"]));
    }
}
