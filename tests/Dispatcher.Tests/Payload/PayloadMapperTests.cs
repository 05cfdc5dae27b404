using System.Text;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Payload;

/// <summary>Payloads in other forms: those that a mapper maps, and those that nobody does.</summary>
public sealed class PayloadMapperTests
{
    private JobHarness _harness = null!;

    [SetUp]
    public void SetUp() => _harness = new JobHarness(static builder =>
    {
        builder.AddJob<SampleJob, SampleParameters>("sample-job", SampleJsonContext.Default.SampleParameters)
            .AddJob<DelegateJob>("shard-job", static options => options.MaxShards = 2);
        builder.Services.AddSingleton<IPayloadMapper, OrderMapper>();
    });

    [TearDown]
    public async Task TearDownAsync() => await _harness.DisposeAsync();

    [Test]
    public void Read_PayloadThatAMapperKnows_IsReadAsItMapsIt()
    {
        var request = Read("""{"order":"sample-job"}""").Request;

        Assert.That((request.Job, request.DryRun), Is.EqualTo(("sample-job", true)));
    }

    [TestCase("""{"order":5}""", "Field 'order' must be a string.")]
    [TestCase("""{"order":"other"}""", "No job named 'other' is registered. Registered: sample-job, shard-job.")]
    [TestCase(
        """{"Records":[{"eventSource":"acme:s3"}]}""",
        "The payload is a batch of records of 'acme:s3' that are not SQS messages. "
        + "Put a queue between the service and the function, or give the target a constant input: {\"job\":\"NAME\"}.")]
    [TestCase(
        """{"records":[{"EventSource":"acme:stream"}]}""",
        "The payload is a batch of records of 'acme:stream' that are not SQS messages. "
        + "Put a queue between the service and the function, or give the target a constant input: {\"job\":\"NAME\"}.")]
    [TestCase(
        """{"Records":[]}""",
        "The payload is a batch of records that are not SQS messages. "
        + "'Records' is empty. Send a batch of at least one message, or "
        + "{\"job\":\"NAME\"}.")]
    [TestCase(
        """{"Records":[{"eventSource":5}]}""",
        "The payload is a batch of records that are not SQS messages. "
        + "Put a queue between the service and the function, or give the target a constant input: {\"job\":\"NAME\"}.")]
    [TestCase(
        """{"Records":{"eventSource":"aws:s3"}}""",
        "The payload is a batch of records that are not SQS messages. "
        + "'Records' is an object, not a list. Send a batch of at least one message, or "
        + "{\"job\":\"NAME\"}.")]
    [TestCase(
        """{"job":"sample-job","parameters":{"table":"t","anything":["\ud800"]}}""",
        "Field 'parameters' contains half of a surrogate pair (such as \\ud800 alone), which is not text. Send whole characters.")]
    [TestCase(
        """{"job":"shard-job","plan":"memory:plan","shards":2}""",
        "The fields 'plan' and 'shards' exclude each other in a real run, because one run applies a plan. Remove 'shards' or 'shard'.")]
    [TestCase(
        """{"job":"shard-job","plan":"memory:plan","id":"e","shard":{"index":0,"count":2}}""",
        "The fields 'plan' and 'shards' exclude each other in a real run, because one run applies a plan. Remove 'shards' or 'shard'.")]
    public void Read_NotPossible_IsRefused(string payload, string problem) =>
        Assert.That(() => Read(payload), Throws.TypeOf<JobRequestException>().With.Message.EqualTo(problem));

    [Test]
    public void Read_RecordsBesideAJob_AreAnUnknownField() => Assert.That(
        () => Read("""{"job":"sample-job","Records":[]}"""),
        Throws.TypeOf<JobRequestException>().With.Message.Contains("Unknown field 'Records'."));

    [Test]
    public async Task Read_PayloadInAnEnvelope_IsMappedByTheOtherMappers()
    {
        await using var harness = new JobHarness(static builder =>
        {
            builder.AddJob<SampleJob, SampleParameters>("sample-job", SampleJsonContext.Default.SampleParameters);
            builder.Services.AddSingleton<IPayloadMapper, OrderMapper>();
            builder.Services.AddSingleton<IPayloadMapper, EnvelopeMapper>();
        });
        var reader = harness.Services.GetRequiredService<JobRequestReader>();

        var request = reader.Read(JsonElement.Parse("""{"envelope":{"order":"sample-job"}}""")).Request;

        Assert.That((request.Job, request.DryRun), Is.EqualTo(("sample-job", true)));
        Assert.That(
            () => reader.Read(JsonElement.Parse("""{"envelope":{"envelope":{"order":"sample-job"}}}""")),
            Throws.TypeOf<JobRequestException>().With.Message.Contains("The payload has no field 'job'."), "each mapper once");
        Assert.That(
            () => reader.Read(JsonElement.Parse("""{"envelope":{"awslogs":{"data":"H4sI"}}}""")),
            Throws.TypeOf<JobRequestException>().With.Message.Contains("a batch of a CloudWatch Logs subscription"));
    }

    private BoundRequest Read(string payload) =>
        _harness.Services.GetRequiredService<JobRequestReader>().Read(JobRequestReader.Parse(Encoding.UTF8.GetBytes(payload)));

    private sealed class OrderMapper : IPayloadMapper
    {
        public bool CanMap(JsonElement payload) => payload.TryGetProperty("order", out _);

        public JsonElement? Map(JsonElement payload, ProblemList problems)
        {
            if (payload.GetProperty("order") is { ValueKind: JsonValueKind.String } order)
            {
                return JsonElement.Parse($$$"""{"job":{{{order.GetRawText()}}},"dryRun":true,"parameters":{"table":"t"}}""");
            }

            problems.Add("Field 'order' must be a string.");
            return null;
        }
    }

    private sealed class EnvelopeMapper : IPayloadMapper
    {
        public bool CanMap(JsonElement payload) => payload.TryGetProperty("envelope", out _);

        public JsonElement? Map(JsonElement payload, ProblemList problems) => payload.GetProperty("envelope");
    }
}
