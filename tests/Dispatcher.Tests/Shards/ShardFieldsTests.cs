using System.Text;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Shards;

public sealed class ShardFieldsTests
{
    private JobHarness _harness = null!;

    [SetUp]
    public void SetUp() => _harness = new JobHarness(static builder => builder
        .AddJob<DelegateJob>("whole")
        .AddJob<DelegateJob>("eight", static options => options.MaxShards = 8)
        .AddJob<DelegateJob>("many", static options => options.MaxShards = JobShard.MaxCount));

    [TearDown]
    public async Task TearDownAsync() => await _harness.DisposeAsync();

    [TestCase("""{"job":"many","shards":2}""", 2)]
    [TestCase("""{"job":"many","shards":64}""", 64)]
    [TestCase("""{"job":"eight","shards":8}""", 8)]
    [TestCase("""{"job":"many"}""", null)]
    public void Read_Shards_ReadsThem(string payload, int? shards) => Assert.That(Read(payload).Shards, Is.EqualTo(shards));

    [Test]
    public void Read_Shard_ReadsIt()
    {
        var request = Read("""{"job":"eight","shard":{"index":7,"count":8},"id":"e","continuation":3}""");

        Assert.That((request.Shard, request.Continuation), Is.EqualTo((new JobShard(7, 8), 3)));
        Assert.That(Read(JobRequestJson.Write(request)), Is.EqualTo(request));
    }

    [Test]
    public void Write_Shards_ReadsBack()
    {
        var request = new JobRequest("eight") { Shards = 5, Id = "e" };

        Assert.That(JobRequestJson.Write(request), Is.EqualTo("""{"job":"eight","id":"e","shards":5}"""));
        Assert.That(Read(JobRequestJson.Write(request)), Is.EqualTo(request));
    }

    [TestCase("""{"job":"many","shards":1}""", "Field 'shards' must be a whole number from 2 to 64, but is 1.")]
    [TestCase("""{"job":"many","shards":65}""", "Field 'shards' must be a whole number from 2 to 64, but is 65.")]
    [TestCase("""{"job":"many","shards":2.5}""", "Field 'shards' must be a whole number from 2 to 64, but is 2.5.")]
    [TestCase("""{"job":"many","shards":"4"}""", "Field 'shards' must be a whole number from 2 to 64, but is \"4\".")]
    [TestCase("""{"job":"many","shards":null}""", "Field 'shards' must be a whole number from 2 to 64, but is null.")]
    [TestCase(
        """{"job":"eight","shards":9}""",
        "Job 'eight' can be divided into at most 8 shards, but field 'shards' asks for 9. Ask for fewer.")]
    [TestCase(
        """{"job":"whole","shards":2}""",
        "Job 'whole' cannot be divided into shards. Leave field 'shards' out. Jobs that can: eight, many.")]
    [TestCase(
        """{"job":"whole","shard":{"index":0,"count":2}}""",
        "Job 'whole' cannot be divided into shards. Leave field 'shard' out. Jobs that can: eight, many.")]
    [TestCase(
        """{"job":"many","shards":4,"shard":{"index":0,"count":4}}""",
        "Fields 'shards' and 'shard' exclude each other. Send 'shards' to divide the work; the function "
        + "itself sends 'shard' for each part.")]
    [TestCase(
        """{"job":"eight","shards":4,"shard":{"index":0,"count":9}}""",
        "Fields 'shards' and 'shard' exclude each other. Send 'shards' to divide the work; the function "
        + "itself sends 'shard' for each part.")]
    [TestCase(
        """{"job":"many","shards":4,"continuation":1}""",
        "Fields 'shards' and 'continuation' exclude each other: the shards are continued one by one.")]
    public void Read_NotPossible_IsRefused(string payload, string problem) =>
        Assert.That(() => Read(payload), Throws.TypeOf<JobRequestException>().With.Message.EqualTo(problem));

    [Test]
    public async Task Read_NoJobCanBeDivided_SaysSo()
    {
        await using var harness = TestRun.Harness(static (_, _) => Task.FromResult(JobResult.Succeeded("Done.")));

        Assert.That(
            () => harness.RunAsync("""{"job":"test-job","shards":2}"""),
            Throws.TypeOf<JobRequestException>().With.Message.EqualTo(
                "Job 'test-job' cannot be divided into shards. Leave field 'shards' out. No registered job can."));
    }

    [TestCase("4")]
    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("""{"index":4,"count":4}""")]
    [TestCase("""{"index":-1,"count":4}""")]
    [TestCase("""{"index":0,"count":1}""")]
    [TestCase("""{"index":0,"count":65}""")]
    [TestCase("""{"index":0.5,"count":4}""")]
    [TestCase("""{"index":0,"count":4,"of":4}""")]
    [TestCase("""{"index":0,"index":1,"count":4}""")]
    public void Read_InvalidShard_IsRefused(string shard) => Assert.That(
        () => Read($$"""{"job":"many","shard":{{shard}}}"""),
        Throws.TypeOf<JobRequestException>().With.Message.StartsWith(
            "Field 'shard' must be {\"index\":0,\"count\":4} with a count from 2 to 64 and an index below it, but is "));

    [TestCase(0)]
    [TestCase(65)]
    public void AddJob_ImpossibleMaxShards_IsRefused(int shards) => Assert.That(
        () => new JobHarness(builder => builder.AddJob<DelegateJob>("job", options => options.MaxShards = shards)),
        Throws.ArgumentException.With.Message.StartsWith(
            $"Job 'job' can be divided into at most {shards} shards. Set MaxShards to 1, for none, or to 2 to 64."));

    [Test]
    public void AddJob_ShardsWithoutIdempotency_IsRefused() => Assert.That(
        () => new JobHarness(static builder => builder.AddJob<DelegateJob>("job", static options =>
        {
            options.MaxShards = 2;
            options.Idempotent = false;
        })),
        Throws.ArgumentException.With.Message.StartsWith(
            "Job 'job' has shards but is not idempotent. A shard that died is delivered again, and only its slot tells which shards "
            + "are done: set Idempotent to true, or leave MaxShards out."));

    private JobRequest Read(string payload) => _harness.Services.GetRequiredService<JobRequestReader>().Read(
        JobRequestReader.Parse(Encoding.UTF8.GetBytes(payload))).Request;
}
