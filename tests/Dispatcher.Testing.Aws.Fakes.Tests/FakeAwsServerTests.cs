using System.Diagnostics;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Dispatcher.Testing.Aws.Fakes.Tests;

/// <summary>The HTTP server, seen from this process and from another one.</summary>
[Parallelizable]
internal sealed class FakeAwsServerTests
{
    private const string Script = """
        import boto3
        s3, database, sqs = boto3.client('s3'), boto3.client('dynamodb'), boto3.client('sqs')
        s3.put_object(Bucket='bucket', Key='folder/a b+ü', Body=b'content', Metadata={'who': 'me'})
        found = s3.list_objects_v2(Bucket='bucket', Delimiter='/')
        answer = s3.get_object(Bucket='bucket', Key='folder/a b+ü', Range='bytes=3-')
        print([prefix['Prefix'] for prefix in found['CommonPrefixes']], answer['Body'].read(), answer['Metadata'])
        database.put_item(TableName='table', Item={'id': {'S': '1'}})
        print(database.scan(TableName='table')['Items'])
        url = sqs.get_queue_url(QueueName='queue')['QueueUrl']
        sqs.send_message(QueueUrl=url, MessageBody='body', MessageAttributes={'a': {'DataType': 'String', 'StringValue': 'b'}})
        print([message['Body'] for message in sqs.receive_message(QueueUrl=url, MessageAttributeNames=['All'])['Messages']])
        """;

    [Test]
    public async Task Boto3_InAnotherProcess_UsesAllThreeServices()
    {
        var aws = NewWorld();
        using var server = aws.Listen();

        var output = await RunAsync(server, "python3", "-c", Script);

        Assert.That(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[]
        {
            "['folder/'] b'tent' {'who': 'me'}", "[{'id': {'S': '1'}}]", "['body']",
        }));
        Assert.That(aws.Mutations.Select(static mutation => mutation.Call.Caller.Name).Distinct(), Is.EqualTo(["fake"]));
    }

    [Test]
    public async Task AwsCli_InAnotherProcess_ListsAndCopies()
    {
        var aws = NewWorld();
        aws.S3.CreateBucket("more").Put("key", "content"u8.ToArray());
        using var server = aws.Listen();

        var output = await RunAsync(server, "aws", "s3", "cp", "s3://more/key", "-");

        Assert.That(output, Is.EqualTo("content"));
    }

    [Test]
    public async Task LoseAnswer_OverHttp_EndsTheConnectionAfterTheWork()
    {
        var aws = NewWorld();
        var bucket = aws.S3.CreateBucket("other");
        bucket.Put("key", "x"u8.ToArray());
        using var server = aws.Listen();
        using var s3 = Connect(server);
        aws.Faults.On("s3:DeleteObject").LoseAnswer();

        await Assert.ThatAsync(() => s3.DeleteObjectAsync("other", "key"), Throws.Exception);

        Assert.That(bucket.Objects, Is.Empty);
    }

    [Test]
    public async Task NotSupported_OverHttp_IsAnAnswerWithStatus501()
    {
        using var server = NewWorld().Listen();
        using var s3 = Connect(server);
        var request = new ListObjectsV2Request { BucketName = "bucket", RequestPayer = RequestPayer.Requester };

        var exception = await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.ListObjectsV2Async(request));

        Assert.That((int)exception!.StatusCode, Is.EqualTo(501));
    }

    [Test]
    public async Task KilledCaller_OverHttp_IsCutOffAndNeverAnsweredAgain()
    {
        var aws = NewWorld();
        using var server = aws.Listen();
        using var s3 = Connect(server);
        aws.Faults.On("s3:*").AtCall(1).Fail(Calls.FakeFault.ExecutedThenKilled);

        await Assert.ThatAsync(() => s3.PutObjectAsync(new() { BucketName = "bucket", Key = "1", ContentBody = "x" }), Throws.Exception);
        await Assert.ThatAsync(() => s3.DeleteObjectAsync("bucket", "1"), Throws.Exception);

        Assert.That(aws.Mutations.Select(static mutation => mutation.Operation), Is.EqualTo(["s3:PutObject"]));
    }

    [Test]
    public void Dispose_OfTheServer_FreesThePort()
    {
        var server = NewWorld().Listen();
        server.Dispose();

        using var client = new TcpClient();

        Assert.Throws<SocketException>(() => client.Connect(server.Url.Host, server.Url.Port));
    }

    private static FakeAws NewWorld()
    {
        var aws = new FakeAws();
        aws.S3.CreateBucket("bucket");
        aws.DynamoDb.CreateTable("table", "id");
        aws.Sqs.CreateQueue("queue");
        return aws;
    }

    private static AmazonS3Client Connect(FakeAwsServer server) => new(
        new BasicAWSCredentials("caller", "secret"),
        new AmazonS3Config
        {
            ServiceURL = server.Url.ToString(), ForcePathStyle = true, MaxErrorRetry = 0, AuthenticationRegion = "us-east-1",
        });

    private static async Task<string> RunAsync(FakeAwsServer server, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in server.Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new AssertionException(await error);
    }
}
