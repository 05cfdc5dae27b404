using System.Diagnostics;
using System.Text;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Payload;

public sealed class JobRequestReaderTests
{
    private JobHarness _harness = null!;

    [SetUp]
    public void SetUp() => _harness = new JobHarness(
        builder => builder
            .AddJob<SampleJob, SampleParameters>("video-upload-cleanup", SampleJsonContext.Default.SampleParameters)
            .AddJob<DelegateJob>("daily-uptime"));

    [TearDown]
    public async Task TearDownAsync() => await _harness.DisposeAsync();

    [Test]
    public void Read_OnlyAJob_HasTheDefaults() => Assert.That(Read("""{"job":"daily-uptime"}"""), Is.EqualTo(new JobRequest("daily-uptime")));

    [Test]
    public void Read_AllFields_ReadsThem()
    {
        var request = Read("""
            {"job":"video-upload-cleanup","dryRun":true,"parameters":{"table":"t"},"id":"e-1","scheduledTime":"2026-11-22T04:00:00+01:00","continuation":999}
            """);

        Assert.That(request.DryRun, Is.True);
        Assert.That(request.Parameters.GetProperty("table").GetString(), Is.EqualTo("t"));
        Assert.That(request.Id, Is.EqualTo("e-1"));
        Assert.That(request.ScheduledTime, Is.EqualTo(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero)));
        Assert.That(request.Continuation, Is.EqualTo(999));
    }

    [TestCase("[]", "The payload is an array, not an object. Send {\"job\":\"NAME\"}.")]
    [TestCase("null", "The payload is null, not an object. Send {\"job\":\"NAME\"}.")]
    [TestCase("5", "The payload is a number, not an object. Send {\"job\":\"NAME\"}.")]
    [TestCase("{}", "The payload has no field 'job'. Send {\"job\":\"NAME\"}; {\"job\":\"$list\"} lists the names.")]
    [TestCase("{\"job\":5}", "Field 'job' must be the name of a job, but is 5.")]
    [TestCase("{\"job\":null}", "Field 'job' must be the name of a job, but is null.")]
    [TestCase("{\"job\":\" \"}", "Field 'job' must be the name of a job, but is \" \".")]
    [TestCase("{\"job\":\"\\ud800\"}", "Field 'job' must be the name of a job, but is \"\\ud800\".")]
    [TestCase(
        "{\"job\":\"daily-uptme\"}",
        "No job named 'daily-uptme' is registered. Did you mean 'daily-uptime'? Registered: daily-uptime, video-upload-cleanup.")]
    [TestCase(
        "{\"job\":\"daily-uptime\",\"dry_run\":true}",
        "Unknown field 'dry_run'. Did you mean 'dryRun'? Fields: job, dryRun, parameters, id, scheduledTime, continuation, limits, "
        + "shards, shard, plan. "
        + "Put job-specific settings under \"parameters\".")]
    [TestCase("{\"job\":\"daily-uptime\",\"dryRun\":\"true\"}", "Field 'dryRun' must be true or false, but is \"true\".")]
    [TestCase("{\"job\":\"daily-uptime\",\"dryRun\":null}", "Field 'dryRun' must be true or false, but is null.")]
    [TestCase("{\"job\":\"daily-uptime\",\"dryRun\":true,\"dryRun\":false}", "Field 'dryRun' appears twice. Give it once.")]
    [TestCase("{\"job\":\"daily-uptime\",\"id\":5}", "Field 'id' must be a string of 1 to 256 characters, but is 5.")]
    [TestCase("{\"job\":\"daily-uptime\",\"id\":\"\"}", "Field 'id' must be a string of 1 to 256 characters, but is \"\".")]
    [TestCase(
        "{\"job\":\"daily-uptime\",\"scheduledTime\":\"yesterday\"}",
        "Field 'scheduledTime' must be an ISO 8601 time such as \"2026-11-22T03:00:00Z\", but is \"yesterday\".")]
    [TestCase("{\"job\":\"daily-uptime\",\"continuation\":0}", "Field 'continuation' must be a whole number from 1 to 999, but is 0.")]
    [TestCase("{\"job\":\"daily-uptime\",\"continuation\":1000}", "Field 'continuation' must be a whole number from 1 to 999, "
        + "but is 1000.")]
    [TestCase("{\"job\":\"daily-uptime\",\"continuation\":1.5}", "Field 'continuation' must be a whole number from 1 to 999, but is 1.5.")]
    [TestCase("{\"job\":\"daily-uptime\",\"continuation\":\"1\"}", "Field 'continuation' must be a whole number from 1 to 999, "
        + "but is \"1\".")]
    [TestCase("{\"job\":\"daily-uptime\",\"continuation\":null}", "Field 'continuation' must be a whole number from 1 to 999, "
        + "but is null.")]
    [TestCase(
        "{\"job\":\"daily-uptime\",\"limits\":null}", "Field 'limits' must be an object such as {\"maxChanges\":100}, but is null.")]
    [TestCase("{\"job\":\"daily-uptime\",\"limits\":5}", "Field 'limits' must be an object such as {\"maxChanges\":100}, but is 5.")]
    [TestCase(
        "{\"job\":\"daily-uptime\",\"limits\":{\"maxChange\":5}}",
        "Unknown field 'maxChange' in 'limits'. Did you mean 'maxChanges'? "
        + "Fields: maxChanges, maxChangesPercent, maxBytes, maxChangesPerSecond.")]
    [TestCase(
        "{\"job\":\"daily-uptime\",\"limits\":{\"maxChanges\":1,\"maxChanges\":2}}",
        "Field 'limits.maxChanges' appears twice. Give it once.")]
    [TestCase(
        "{\"job\":\"daily-uptime\",\"limits\":{\"maxChanges\":-1}}",
        "Field 'limits.maxChanges' must be a whole number from 0, but is -1.")]
    [TestCase(
        "{\"job\":\"daily-uptime\",\"limits\":{\"maxChanges\":\"5\"}}",
        "Field 'limits.maxChanges' must be a whole number from 0, but is \"5\".")]
    [TestCase(
        "{\"job\":\"daily-uptime\",\"limits\":{\"maxBytes\":1e300}}",
        "Field 'limits.maxBytes' must be a whole number from 0, but is 1e300.")]
    [TestCase(
        "{\"job\":\"daily-uptime\",\"limits\":{\"maxBytes\":null}}",
        "Field 'limits.maxBytes' must be a whole number from 0, but is null.")]
    [TestCase(
        "{\"job\":\"daily-uptime\",\"limits\":{\"maxChangesPercent\":101}}",
        "Field 'limits.maxChangesPercent' must be a number from 0 to 100, but is 101.")]
    [TestCase(
        "{\"job\":\"daily-uptime\",\"limits\":{\"maxChangesPerSecond\":0}}",
        "Field 'limits.maxChangesPerSecond' must be a whole number from 1, but is 0.")]
    [TestCase("{\"job\":\"daily-uptime\",\"parameters\":{\"x\":1}}", "Unknown parameter 'x': job 'daily-uptime' takes no parameters.")]
    [TestCase(
        "{\"job\":\"daily-uptime\",\"parameters\":[]}",
        "Field 'parameters' must be an object, but is []. Send {\"parameters\":{\"NAME\":VALUE}}.")]
    [TestCase(
        "{\"source\":\"aws.events\",\"detail-type\":\"Scheduled Event\",\"detail\":{}}",
        "The payload is a native event, 'Scheduled Event' of 'aws.events', which names no job. "
        + "Give the rule's target a constant input: {\"job\":\"NAME\"}, "
        + "or register event routes with AddEventRoutes of Dispatcher.EventBridge.")]
    public void Read_WrongPayload_SaysWhatIsWrongAndWhatToDo(string payload, string problem) =>
        Assert.That(Problems(payload), Is.EqualTo(new[] { problem }));

    [Test]
    public void Read_SeveralProblems_ReportsThemAll()
    {
        var problems = Problems("""{"job":"video-upload-cleanup","dry_run":true,"id":7,"parameters":{"batchSize":0,"tabel":"t"}}""");

        Assert.That(problems, Has.Length.EqualTo(5));
        Assert.That(problems, Has.One.Contains("Did you mean 'table'?"));
        Assert.That(problems, Has.One.Contains("Parameter 'table' is missing."));
        Assert.That(problems, Has.One.Contains("Parameter 'batchSize' is 0: it must be from 1 to 1000."));
    }

    [Test]
    public void Read_Limits_AreRead() => Assert.That(
        Read("""{"job":"daily-uptime","limits":{"maxChanges":1e3,"maxChangesPercent":12.5,"maxBytes":0,"maxChangesPerSecond":2.0}}""").Limits,
        Is.EqualTo(new ChangeLimits { MaxChanges = 1_000, MaxChangesPercent = 12.5m, MaxBytes = 0, MaxChangesPerSecond = 2 }));

    [Test]
    public void Read_UnknownField_NamesAllFields() => Assert.That(
        Problems("""{"job":"daily-uptime","limit":{}}"""),
        Is.EqualTo(new[]
        {
            "Unknown field 'limit'. Did you mean 'limits'? Fields: job, dryRun, parameters, id, scheduledTime, continuation, limits, "
                + "shards, shard, plan. Put job-specific settings under \"parameters\".",
        }));

    [TestCase("""{"Records":[]}""", "The payload is a batch of records that are not SQS messages.")]
    [TestCase(
        """{"records":[{"eventSource":"aws:s3"}]}""", "The payload is an S3 event notification, which names no job. Turn on EventBridge")]
    [TestCase("""{"Records":[],"job":"daily-uptime"}""", "Unknown field 'Records'.")]
    [TestCase("""{"detail-type":"x"}""", "The payload is a native event, which names no job.")]
    [TestCase("""{"detail-type":"x","job":"daily-uptime"}""", "Unknown field 'detail-type'.")]
    public void Read_EventOfAnotherService_SaysWhatItIs(string payload, string problem) =>
        Assert.That(Problems(payload), Has.Length.EqualTo(1).And.ItemAt(0).StartsWith(problem));

    [TestCase("2026-11-22T03:00:00Z")]
    [TestCase("2026-11-22T03:00:00.000Z")]
    [TestCase("2026-11-22T03:00:00")]
    [TestCase("2026-11-22T03:00:00+00:00")]
    [TestCase("2026-11-21T22:00:00-05:00")]
    public void Read_ScheduledTime_IsOneSlotInEveryForm(string time)
    {
        var read = Read($$"""{"job":"daily-uptime","scheduledTime":"{{time}}"}""").ScheduledTime!.Value;

        Assert.That((read.UtcDateTime, read.Offset), Is.EqualTo((new DateTime(2026, 11, 22, 3, 0, 0, DateTimeKind.Utc), TimeSpan.Zero)));
    }

    [Test]
    public void Read_NullIdAndTime_CountAsAbsent()
    {
        var request = Read("""{"job":"daily-uptime","id":null,"scheduledTime":null,"parameters":null}""");

        Assert.That((request.Id, request.ScheduledTime), Is.EqualTo(((string?)null, (DateTimeOffset?)null)));
    }

    [TestCase(256, true)]
    [TestCase(257, false)]
    public void Read_LongId_IsLimited(int length, bool allowed)
    {
        var payload = $$"""{"job":"daily-uptime","id":"{{new string('i', length)}}"}""";

        Assert.That(() => Read(payload), allowed ? Throws.Nothing : Throws.TypeOf<JobRequestException>());
    }

    [Test]
    public void Read_HundredThousandUnknownFields_AnswersBrieflyAndFast()
    {
        var fields = string.Join(",", Enumerable.Range(0, 100_000).Select(index => $"\"dryRunn{index}\":1"));
        var watch = Stopwatch.StartNew();

        var problems = Problems($$"""{"job":"video-upload-cleanup",{{fields}},"parameters":{ {{fields}} } }""");

        Assert.That(problems, Has.Length.LessThan(25).And.One.EqualTo("Only the first 20 problems are shown. Fix these and try again."));
        Assert.That(string.Concat(problems), Has.Length.LessThan(10_000));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(3)));
    }

    [TestCase("{\"job\":\"X\"}")]
    [TestCase("{\"job\":\"daily-uptime\",\"X\":1}")]
    [TestCase("{\"job\":\"daily-uptime\",\"id\":\"X\"}")]
    [TestCase("{\"job\":\"daily-uptime\",\"parameters\":{\"X\":1}}")]
    [TestCase("{\"job\":\"video-upload-cleanup\",\"parameters\":{\"table\":\"X\"}}")]
    [TestCase("{\"job\":\"video-upload-cleanup\",\"parameters\":{\"table\":\"t\",\"X\":1}}")]
    public void Read_HugeText_AnswersBrieflyAndFast(string template)
    {
        var payload = template.Replace("X", new string('x', 2_000_000), StringComparison.Ordinal);
        var watch = Stopwatch.StartNew();

        Assert.That(string.Concat(Problems(payload)), Has.Length.LessThan(1000));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(3)));
    }

    [Property(MaxTest = 300, Arbitrary = [typeof(RandomPayload)])]
    public void Read_AnyJson_ThrowsNothingButItsOwn(RandomPayload payload)
    {
        try
        {
            Read(payload.Json);
        }
        catch (JobRequestException exception)
        {
            Assert.That(exception.Problems, Is.Not.Empty);
            Assert.That(exception.Message, Has.Length.LessThan(20_000));
        }
    }

    private JobRequest Read(string payload) =>
        _harness.Services.GetRequiredService<JobRequestReader>().Read(JobRequestReader.Parse(Encoding.UTF8.GetBytes(payload))).Request;

    private string[] Problems(string payload) => [.. Assert.Throws<JobRequestException>(() => Read(payload))!.Problems];
}
