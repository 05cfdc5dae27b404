using System.Net;
using System.Text;
using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Dispatcher.Hosting;
using Dispatcher.Http;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using Task = System.Threading.Tasks.Task;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Stands for the services that the jobs call: all of them answer, or none does. There is no database in either case.</summary>
internal static class OutsideServices
{
    /// <summary>Gets settings that go with them: no database answers, no secret is fetched, nothing is waited for.</summary>
    public static IReadOnlyList<(string Name, string Value)> Settings { get; } =
    [
        ("RDS_PROXY_ENDPOINT", "127.0.0.1"), ("RDS_PORT", "1"),
        ("HttpEndpoints__run_uptime__Secret", "INTERNAL_KEY"), ("INTERNAL_KEY", "k"),
        ("Retry__MaxAttempts", "1"),
    ];

    private static DescribeTableResponse Sessions => new()
    {
        Table = new TableDescription
        {
            KeySchema = [new KeySchemaElement("uploadSessionId", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("uploadSessionId", ScalarAttributeType.S)],
        },
    };

    public static void Answering(IServiceCollection services)
    {
        var queue = new Mock<IAmazonSQS>(MockBehavior.Strict);
        queue.Setup(client => client.GetQueueAttributesAsync(It.IsAny<GetQueueAttributesRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new GetQueueAttributesResponse());
        queue.Setup(client => client.SendMessageBatchAsync(It.IsAny<SendMessageBatchRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((SendMessageBatchRequest request, CancellationToken _) => new SendMessageBatchResponse
            {
                Successful = [.. request.Entries.Select(entry => new SendMessageBatchResultEntry { Id = entry.Id, MessageId = "m" })],
            });

        var containers = new Mock<IAmazonECS>(MockBehavior.Strict);
        containers.Setup(client => client.ListTasksAsync(It.IsAny<ListTasksRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ListTasksResponse());
        containers.Setup(client => client.RunTaskAsync(It.IsAny<RunTaskRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new RunTaskResponse { Tasks = [new() { TaskArn = "arn:aws:ecs:eu-central-1:123456789012:task/default/1" }] });

        var table = new Mock<IAmazonDynamoDB>(MockBehavior.Strict);
        AnswerLeases(table);
        table.Setup(client => client.DescribeTableAsync(It.IsAny<DescribeTableRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(Sessions);
        table.Setup(client => client.DescribeTimeToLiveAsync(It.IsAny<DescribeTimeToLiveRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new DescribeTimeToLiveResponse());
        table.Setup(client => client.ScanAsync(It.IsAny<ScanRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ScanResponse { Items = [] });

        var bucket = new Mock<IAmazonS3>(MockBehavior.Strict);
        bucket.Setup(client => client.GetBucketVersioningAsync(It.IsAny<GetBucketVersioningRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new GetBucketVersioningResponse());
        bucket.Setup(client => client.ListObjectsV2Async(It.IsAny<ListObjectsV2Request>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ListObjectsV2Response());
        bucket.Setup(client => client.ListMultipartUploadsAsync(It.IsAny<ListMultipartUploadsRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ListMultipartUploadsResponse());

        Add(services, queue, containers, table, bucket, HttpStatusCode.OK);
    }

    /// <summary>Answers as <see cref="Answering"/>, from a table in which so many sessions have no status.</summary>
    public static Action<IServiceCollection> AnsweringWithBrokenSessions(int count) => services =>
    {
        Answering(services);
        var table = new Mock<IAmazonDynamoDB>(MockBehavior.Strict);
        AnswerLeases(table);
        table.Setup(client => client.DescribeTableAsync(It.IsAny<DescribeTableRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(Sessions);
        table.Setup(client => client.DescribeTimeToLiveAsync(It.IsAny<DescribeTimeToLiveRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new DescribeTimeToLiveResponse());
        table.Setup(client => client.ScanAsync(It.Is<ScanRequest>(scan => scan.Limit == 1), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ScanResponse { Items = [] });
        table.SetupSequence(client => client.ScanAsync(It.Is<ScanRequest>(scan => scan.Limit != 1), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ScanResponse { Items = [.. Enumerable.Range(0, count).Select(BareSession)] })
            .ReturnsAsync(new ScanResponse { Items = [] })
            .ReturnsAsync(new ScanResponse { Items = [] })
            .ReturnsAsync(new ScanResponse { Items = [] });
        table.SetupGet(static client => client.Config).Returns(new AmazonDynamoDBConfig { RegionEndpoint = RegionEndpoint.EUCentral1 });
        services.AddSingleton(table.Object);
    };

    /// <summary>Gives every lease of the runs table to whoever asks.</summary>
    private static void AnswerLeases(Mock<IAmazonDynamoDB> table)
    {
        table.Setup(client => client.UpdateItemAsync(It.IsAny<UpdateItemRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new UpdateItemResponse { Attributes = new() { ["token"] = new() { N = "1" } } });
        table.Setup(client => client.TransactWriteItemsAsync(It.IsAny<TransactWriteItemsRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new TransactWriteItemsResponse());
        table.Setup(client => client.BatchGetItemAsync(It.IsAny<BatchGetItemRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new BatchGetItemResponse());
        table.Setup(client => client.QueryAsync(It.IsAny<QueryRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => new QueryResponse { Items = [ClaimsReport()] });
    }

    /// <summary>Creates the item of a success of the weekly task, an hour ago.</summary>
    private static Dictionary<string, AttributeValue> ClaimsReport()
    {
        var record = RunRecordBuilder.Create("ecs-run-task", DateTimeOffset.UtcNow.AddHours(-1)) with { Task = "claims-report" };
        return new()
        {
            ["job"] = new(record.Job),
            ["runId"] = new(record.RunId),
            ["record"] = new(Encoding.UTF8.GetString(RunRecordJson.Serialize(record).Span)),
        };
    }

    private static Dictionary<string, AttributeValue> BareSession(int index) => new() { ["uploadSessionId"] = new() { S = $"{index}" } };

    public static void Broken(IServiceCollection services) => Add(
        services,
        new Mock<IAmazonSQS>(MockBehavior.Strict),
        new Mock<IAmazonECS>(MockBehavior.Strict),
        new Mock<IAmazonDynamoDB>(MockBehavior.Strict),
        new Mock<IAmazonS3>(MockBehavior.Strict),
        HttpStatusCode.InternalServerError);

    private static void Add(
        IServiceCollection services,
        Mock<IAmazonSQS> queue,
        Mock<IAmazonECS> containers,
        Mock<IAmazonDynamoDB> table,
        Mock<IAmazonS3> bucket,
        HttpStatusCode status)
    {
        // The location of the runs names the endpoint.
        table.SetupGet(static client => client.Config).Returns(new AmazonDynamoDBConfig { RegionEndpoint = RegionEndpoint.EUCentral1 });
        services.AddSingleton(queue.Object).AddSingleton(containers.Object).AddSingleton(table.Object).AddSingleton(bucket.Object)
            .AddKeyedSingleton(GuardedHttpClient.Key, new HttpClient(new Endpoint(status)));
    }

    private sealed class Endpoint(HttpStatusCode status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status));
    }
}
