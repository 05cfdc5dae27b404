using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Catalog;

public sealed class JobCatalogTests
{
    private JobHarness _harness = null!;

    [SetUp]
    public void SetUp() => _harness = new JobHarness(
        builder => builder
            .AddJob<SampleJob, SampleParameters>(
                "sample-job", SampleJsonContext.Default.SampleParameters, job => job.Description = "Samples.")
            .AddJob<DelegateJob>("another-job")
            .AddJob<DelegateJob>("limited-job", job =>
            {
                job.MaxChanges = 500;
                job.MaxBytes = 1_000;
                job.MaxChangesPerSecond = 5;
            })
            .AddJob<DelegateJob>("odd-job"),
        new Dictionary<string, string?> { ["MAX_CHANGES"] = "100", ["LIMITED_JOB_MAX_BYTES"] = "2000", ["ODD_JOB_MAX_CHANGES"] = "many" });

    [TearDown]
    public async Task TearDownAsync() => await _harness.DisposeAsync();

    [Test]
    public void TryAnswer_List_DescribesAllJobsByName()
    {
        var answer = Answer("""{"job":"$list"}""");

        Assert.That(
            answer.EnumerateArray().Select(job => job.GetProperty("name").GetString()),
            Is.EqualTo(new[] { "another-job", "limited-job", "odd-job", "sample-job" }));
        Assert.That(answer[0].GetRawText(), Is.EqualTo(
            """{"name":"another-job","description":"","parameters":{"type":"object","additionalProperties":false}}"""));
    }

    [Test]
    public void TryAnswer_Describe_AnswersNameDescriptionAndSchema()
    {
        var answer = Answer("""{"job":"$describe","parameters":{"name":"sample-job"}}""");

        Assert.That((
            answer.GetProperty("name").GetString(), answer.GetProperty("description").GetString()), Is.EqualTo(("sample-job", "Samples.")));
        var properties = answer.GetProperty("parameters").GetProperty("properties");
        Assert.That(properties.GetProperty("batchSize").GetProperty("default").GetInt32(), Is.EqualTo(100));
    }

    [Test]
    public void TryAnswer_Describe_AnswersTheLimitsAndWhereTheyComeFrom() => Assert.That(
        Answer("""{"job":"$describe","parameters":{"name":"limited-job"}}""").GetProperty("limits").GetRawText(),
        Is.EqualTo(
            """{"maxChanges":{"value":100,"source":"MAX_CHANGES"},"maxBytes":{"value":2000,"source":"LIMITED_JOB_MAX_BYTES"},"""
            + """ "maxChangesPerSecond":{"value":5,"source":"registration"}}""".TrimStart()));

    [Test]
    public void TryAnswer_DescribeWithAnOddSetting_NamesIt() => Assert.That(
        () => Answer("""{"job":"$describe","parameters":{"name":"odd-job"}}"""),
        Throws.TypeOf<JobRequestException>().With.Message.StartsWith("The environment variable ODD_JOB_MAX_CHANGES is 'many'."));

    [TestCase("""{"job":"$lst"}""", "'$lst' is not a known query. Did you mean '$list'? Available: $list, $describe, $watch.")]
    [TestCase("""{"job":"$describe","parameters":{"name":"sampel-job"}}""", "No job named 'sampel-job' is registered. Did you mean 'sample-job'?")]
    [TestCase("""{"job":"$describe"}""", "Parameter 'name' is missing.")]
    [TestCase("""{"job":"$describe","parameters":{"name":5}}""", "Parameter 'name' must be a string, but is 5.")]
    [TestCase("""{"job":"$describe","parameters":{"name":null}}""", "Parameter 'name' must be a string, but is null.")]
    public void TryAnswer_AskedWrongly_SaysHowToAsk(string payload, string problem) =>
        Assert.That(() => Answer(payload), Throws.TypeOf<JobRequestException>().With.Message.StartsWith(problem));

    [TestCase("""{"job":"$watch"}""", true)]
    [TestCase("""{"job":"$watch","parameters":{}}""", true)]
    [TestCase("""{"job":"$watch","parameters":null,"id":"1"}""", true)]
    [TestCase("""{"job":"sample-job"}""", false)]
    [TestCase("""{"job":5}""", false)]
    [TestCase("[]", false)]
    public void IsWatch_Payload_IsRecognized(string payload, bool expected)
    {
        Assert.That(JobCatalog.IsWatch(JsonElement.Parse(payload)), Is.EqualTo(expected));
        Assert.That(Catalog.TryAnswer(JsonElement.Parse(payload), out _), Is.False);
    }

    [TestCase("""{"job":"$watch","parameters":{"name":"a"}}""")]
    [TestCase("""{"job":"$watch","parameters":5}""")]
    public void IsWatch_Parameters_AreRefused(string payload) => Assert.That(
        () => JobCatalog.IsWatch(JsonElement.Parse(payload)),
        Throws.TypeOf<JobRequestException>().With.Message.StartsWith("'$watch' has no parameters."));

    [TestCase("""{"job":"sample-job"}""")]
    [TestCase("""{"job":5}""")]
    [TestCase("""{"job":"\ud800"}""")]
    [TestCase("[]")]
    [TestCase("{}")]
    public void TryAnswer_AnotherPayload_LeavesItToTheDispatcher(string payload) =>
        Assert.That(Catalog.TryAnswer(JsonElement.Parse(payload), out _), Is.False);

    private JobCatalog Catalog => _harness.Services.GetRequiredService<JobCatalog>();

    private JsonElement Answer(string payload)
    {
        Assert.That(Catalog.TryAnswer(JsonElement.Parse(payload), out var answer), Is.True);
        return answer;
    }
}
