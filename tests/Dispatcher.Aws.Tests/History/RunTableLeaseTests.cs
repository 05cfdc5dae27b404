using System.Net;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Dispatcher.Aws.History;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Aws.Tests.History;

/// <summary>Leases in a table that answers what moto does not: conflicts, denials, items that are not leases.</summary>
public sealed class RunTableLeaseTests
{
    private const string Conflict =
        """{"__type":"com.amazonaws.dynamodb.v20120810#TransactionConflictException","message":"Transaction is ongoing for the item"}""";

    private const string Taken = """{"Attributes":{"token":{"N":"7"},"holder":{"S":"run"}}}""";

    private static readonly DateTimeOffset Until = DateTimeOffset.UnixEpoch.AddYears(80);

    private FakeService _service = null!;
    private JobHarness _harness = null!;

    private IRunStore Store => _harness.Services.GetRequiredService<IRunStore>();

    [SetUp]
    public void Start()
    {
        _service = new FakeService();
        _harness = new JobHarness(builder => builder
            .AddAwsClient<IAmazonDynamoDB>(() => new AmazonDynamoDBClient(
                new BasicAWSCredentials("a", "b"), new AmazonDynamoDBConfig { ServiceURL = _service.Url, MaxErrorRetry = 0 }))
            .AddRunTable(new RunTableSettings("runs")));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _harness.DisposeAsync();
        _service.Dispose();
    }

    [Test]
    public async Task AcquireAsync_AnotherRequestWritesTheItemAtThatMoment_TriesAgain()
    {
        var acquiring = Store.AcquireAsync(new LeaseRequest("job", "key", "run", Until));

        await _service.AnswerAsync(HttpStatusCode.BadRequest, Conflict);
        await _service.AnswerAsync(HttpStatusCode.BadRequest, Conflict);
        await _service.AnswerAsync(HttpStatusCode.OK, Taken);

        Assert.That((await acquiring).Lease, Is.EqualTo(new Lease("job", "key", "run", 7)));
    }

    [Test]
    public async Task RenewAsync_AnotherRequestWritesAnItemAtThatMoment_TriesAgain()
    {
        var renewing = Store.RenewAsync([new Lease("job", "a", "run", 1), new Lease("job", "b", "run", 2)], Until);

        await _service.AnswerAsync(HttpStatusCode.BadRequest, Canceled("TransactionConflict", "None"));
        await _service.AnswerAsync(HttpStatusCode.OK, "{}");

        Assert.That(await renewing, Is.True);
    }

    [Test]
    public async Task RenewAsync_OneWasTakenOverDuringAConflict_IsFalse()
    {
        var renewing = Store.RenewAsync([new Lease("job", "a", "run", 1), new Lease("job", "b", "run", 2)], Until);

        await _service.AnswerAsync(HttpStatusCode.BadRequest, Canceled("TransactionConflict", "ConditionalCheckFailed"));

        Assert.That(await renewing, Is.False);
    }

    [Test]
    public async Task EndAsync_OneWasTakenOver_EndsTheOther()
    {
        var ending = Store.EndAsync([new LeaseEnd(new Lease("job", "a", "run", 1)), new LeaseEnd(new Lease("job", "b", "run", 2))]);

        await _service.AnswerAsync(HttpStatusCode.BadRequest, Canceled("ConditionalCheckFailed", "None"));
        await _service.AnswerAsync(
            HttpStatusCode.BadRequest,
            """{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"The conditional request failed"}""");
        await _service.AnswerAsync(HttpStatusCode.OK, Taken);

        await ending;
    }

    [Test]
    public async Task AcquireAsync_Denied_NamesTheLeaseTheTableAndThePermission()
    {
        var acquiring = Store.AcquireAsync(new LeaseRequest("job", "slot:1", "run", Until));

        await _service.AnswerAsync(
            HttpStatusCode.BadRequest,
            """
            {"__type":"com.amazon.coral.service#AccessDeniedException",
             "Message":"User: me is not authorized to perform: dynamodb:UpdateItem"}
            """);

        Assert.That(
            async () => await acquiring,
            Throws.TypeOf<PermanentJobException>().With.Message.StartsWith(
                    "the lease 'slot:1' of job 'job' cannot be taken in DynamoDB table runs (RUNS_TABLE). DynamoDB UpdateItem failed: ")
                .And.Message.Contains("needs dynamodb:UpdateItem on the table"));
    }

    [TestCase(""","Item":{"token":{"N":"1"}}""")]
    [TestCase(""","Item":{"token":{"N":"1"},"holder":{"S":"x"},"since":{"N":"99999999999999999"},"until":{"N":"1"}}""")]
    [TestCase(""","Item":{"token":{"N":"1"},"keepUntil":{"N":"99999999999999"},"doneBy":{"S":"x"},"doneStatus":{"S":"odd"}}""")]
    [TestCase("")]
    public async Task AcquireAsync_ItemIsNotALease_SaysWhatToDo(string item)
    {
        var acquiring = Store.AcquireAsync(new LeaseRequest("job", "slot:1", "run", Until));

        await _service.AnswerAsync(
            HttpStatusCode.BadRequest,
            $$"""{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"failed"{{item}}}""");

        Assert.That(async () => await acquiring, Throws.TypeOf<PermanentJobException>().With.Message.Contains("is not a lease."));
    }

    private static string Canceled(params string[] codes)
    {
        var reasons = string.Join(',', codes.Select(static code => $$"""{"Code":"{{code}}"}"""));
        return "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\",\"Message\":\"Transaction cancelled\","
            + $"\"CancellationReasons\":[{reasons}]}}";
    }
}
