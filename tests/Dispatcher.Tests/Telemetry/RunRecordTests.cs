using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;

namespace Dispatcher.Tests.Telemetry;

public sealed class RunRecordTests
{
    [Test]
    public async Task Serialize_AnyRun_HasTheFormOfTheWireContract()
    {
        var clock = new TestClock();
        await using var harness = TestRun.Harness(
            async (context, token) =>
            {
                context.Counters.Add("scanned", 3);
                await context.Changes.TryApplyAsync(TestRun.Change("test://1", 5, "deleted"), _ => Task.CompletedTask, token);
                await context.Changes.TryApplyAsync(TestRun.Change("test://2"), _ => Task.FromException(new IOException("no")), token);
                clock.Advance(TimeSpan.FromMilliseconds(1234.5));
                return JobResult.Succeeded("1 of 2 deleted");
            },
            timeProvider: clock);

        var summary = await harness.RunAsync(TestRun.Payload);

        Assert.That(JsonSerializer.Serialize(summary, DispatcherJsonContext.Default.RunRecord), Is.EqualTo(
            $$"""{"job":"test-job","runId":"{{summary.RunId}}","status":"partial","dryRun":false,"summary":"1 of 2 deleted","""
            + """ "startedAt":"2026-11-22T03:00:00+00:00","durationMs":1234,"attempts":1,"counts":{"deleted":1,"scanned":3},""".TrimStart()
            + """ "changes":{"proposed":2,"applied":1,"failed":1,"bytes":5,""".TrimStart()
            + """ "items":[{"action":"test:Delete","target":"test://1","reason":"expired"}],"itemsTruncated":false},""".TrimStart()
            + """ "errors":[{"item":"test://2","error":"test:Delete failed: IOException: no"}],""".TrimStart()
            + $$"""
                "slot":"{{summary.RunId}}"}
                """));
    }

    [TestCase("1")]
    [TestCase("\"1\"")]
    [TestCase("\"\"")]
    public void Deserialize_StatusIsNotAWord_Throws(string json)
    {
        var options = new JsonSerializerOptions { Converters = { new CamelCaseEnumConverter<JobStatus>() } };

        Assert.That(() => JsonSerializer.Deserialize<JobStatus>(json, options), Throws.InstanceOf<JsonException>());
    }

    [TestCase(JobStatus.Succeeded, "\"succeeded\"")]
    [TestCase(JobStatus.Partial, "\"partial\"")]
    [TestCase(JobStatus.Planned, "\"planned\"")]
    [TestCase(JobStatus.Skipped, "\"skipped\"")]
    [TestCase(JobStatus.Continued, "\"continued\"")]
    [TestCase(JobStatus.Failed, "\"failed\"")]
    public void Serialize_Status_IsAWord(JobStatus status, string word) =>
        Assert.That(JsonSerializer.Serialize(status, DispatcherJsonContext.Default.Options), Is.EqualTo(word));

    [TestCase(false, 0, JobStatus.Succeeded)]
    [TestCase(false, 1, JobStatus.Partial)]
    [TestCase(true, 0, JobStatus.Planned)]
    [TestCase(true, 1, JobStatus.Planned)]
    public void Create_JobSaysSucceeded_IsSettledByTheBooks(bool dryRun, int errors, JobStatus expected) =>
        Assert.That(Settle(JobResult.Succeeded("done"), dryRun, errors), Is.EqualTo(expected));

    [TestCase(false, 0, JobStatus.Succeeded)]
    [TestCase(false, 1, JobStatus.Partial)]
    [TestCase(true, 0, JobStatus.Planned)]
    public void Create_JobSaysPlanned_IsBelievedOnlyInADryRun(bool dryRun, int errors, JobStatus expected) =>
        Assert.That(Settle(JobResult.Planned("planned"), dryRun, errors), Is.EqualTo(expected));

    [Test]
    public void Create_OtherEndings_StayAsTheyAre([Values] bool dryRun)
    {
        Assert.That(Settle(JobResult.Failed("no"), dryRun, 0), Is.EqualTo(JobStatus.Failed));
        Assert.That(Settle(JobResult.Skipped("no"), dryRun, 0), Is.EqualTo(JobStatus.Skipped));
        Assert.That(Settle(JobResult.Continued("later"), dryRun, 0), Is.EqualTo(JobStatus.Continued));
    }

    [Test]
    public void Create_ManyItemErrors_KeepsTheFirstAndCountsAll()
    {
        var context = TestRun.Run();
        for (var item = 0; item < 250; item++)
        {
            context.Errors.Add($"item {item}", new string('e', 5000));
        }

        var summary = context.Complete(JobResult.Succeeded("done"));

        Assert.That((summary.Errors.Count, summary.ItemErrorCount), Is.EqualTo((ItemErrors.MaxKept, 250L)));
        Assert.That(summary.Errors[0].Error, Has.Length.LessThanOrEqualTo(1001));
    }

    [Test]
    public async Task Create_DryRunBeyondTheLimit_SaysThatARealRunWouldStop()
    {
        var context = TestRun.Run(dryRun: true, limit: 0);
        await context.Changes.TryApplyAsync(TestRun.Change(), _ => Task.CompletedTask, default);

        Assert.That(
            context.Complete(JobResult.Succeeded("Would delete 1.")).Summary,
            Is.EqualTo("Would delete 1. A real run would stop at its limit of 0 changes (maxChanges: registration)."));
    }

    [Test]
    public void Create_GateAndJobCountTheSameName_AddsThem()
    {
        var context = TestRun.Run();
        context.Counters.Add("deleted", 2);
        context.Counters.Set("scanned", 9);

        Assert.That(context.Complete(JobResult.Succeeded("done")).Count("deleted"), Is.EqualTo(2));
        Assert.That(context.Record!.Count("unknown"), Is.Zero);
    }

    [Test]
    public void EnsureSucceeded_Failed_ThrowsWithErrorAndRunInTheMessage()
    {
        var summary = TestRun.Run().Complete(JobResult.Failed("No such table."));

        Assert.That(
            summary.EnsureSucceeded,
            Throws.TypeOf<JobFailedException>()
                .With.Message.EqualTo($"Job 'test-job' failed: No such table. (run {summary.RunId})"));
    }

    [Test]
    public void EnsureSucceeded_AnythingElse_ReturnsTheRecord()
    {
        var summary = TestRun.Run().Complete(JobResult.Partial("some"));

        Assert.That(summary.EnsureSucceeded(), Is.SameAs(summary));
    }

    private static JobStatus Settle(JobResult result, bool dryRun, int errors)
    {
        var context = TestRun.Run(dryRun);
        for (var item = 0; item < errors; item++)
        {
            context.Errors.Add("item", "error");
        }

        return context.Complete(result).Status;
    }
}
