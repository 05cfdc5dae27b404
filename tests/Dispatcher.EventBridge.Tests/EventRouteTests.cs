using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dispatcher.EventBridge.Tests;

public sealed class EventRouteTests
{
    private const string Completed = """
        {"version":"0","id":"6a7e8feb-b491-4cf7-a9f1-bf3703467718","detail-type":"Channel Backfill Completed",
         "source":"dn.backend.channelbackfill","account":"867653852961","time":"2025-07-29T18:45:01Z","region":"us-east-1","resources":[],
         "detail":{"status":"success","processedCount":368,"errorCount":0,"totalCount":372,"timestamp":"2025-07-29T18:45:00.000Z"}}
        """;

    private const string Failed = """
        {"version":"0","id":"0d079340-135a-c8c6-95c2-41fb8f496c53","detail-type":"Channel Backfill Failed",
         "source":"dn.backend.channelbackfill","account":"867653852961","time":"2025-07-29T18:45:01Z","region":"us-east-1","resources":[],
         "detail":{"status":"failed","error":"quota"}}
        """;

    [Test]
    public async Task RunAsync_BackfillCompleted_StartsTheTaskWithTheEventsIdAndTime()
    {
        await using var harness = new JobHarness(AddBackfillRoutes);

        var summary = await harness.RunAsync(Completed);

        Assert.That(summary.Job, Is.EqualTo("ecs-run-task"));
        Assert.That(
            summary.Summary,
            Is.EqualTo("cmscustomidcleanup|||6a7e8feb-b491-4cf7-a9f1-bf3703467718|2025-07-29T18:45:01.0000000+00:00|False"));
    }

    [Test]
    public async Task RunAsync_BackfillFailed_CountsInAMetricWithoutDimensions()
    {
        await using var harness = new JobHarness(AddBackfillRoutes);

        await harness.RunAsync(Failed);

        var batch = harness.Metrics.Batches.Single(batch => batch.Namespace == "Maintenance/Events");
        Assert.That(batch.Dimensions, Is.Empty);
        Assert.That(batch.Values.Single(), Is.EqualTo(new MetricValue("ChannelBackfillFailed", MetricUnit.Count, 1)));
    }

    [Test]
    public async Task RunAsync_ForcedDryRun_PlansOnly()
    {
        await using var harness = new JobHarness(AddBackfillRoutes, new Dictionary<string, string?> { ["DRY_RUN"] = "true" });

        var summary = await harness.RunAsync(Completed);

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Planned));
        Assert.That(summary.Summary, Does.EndWith("|True"));
    }

    [TestCase("{\"source\":\"mine\",", "source")]
    [TestCase("{\"resources\":[],", "resources")]
    [TestCase("{\"a\":{\"b\":1,\"c\":[{\"d\":1,\"d\":2}]},", "d")]
    public async Task RunAsync_FieldOfAnEventTwice_IsRefused(string beginning, string field)
    {
        await using var harness = new JobHarness(AddBackfillRoutes);

        Assert.That(
            () => harness.RunAsync(Completed.Replace("{\"version\"", $"{beginning}\"version\"", StringComparison.Ordinal)),
            Throws.TypeOf<JobRequestException>().With.Message.EqualTo($"Field '{field}' of the event appears twice. Give it once."));
    }

    [TestCase("dryRun")]
    [TestCase("dry_run")]
    public async Task RunAsync_DryRunInAnEvent_IsRefusedAndNotIgnored(string field)
    {
        await using var harness = new JobHarness(AddBackfillRoutes);

        Assert.That(
            () => harness.RunAsync(Completed.Replace("{\"version\"", $"{{\"{field}\":true,\"version\"", StringComparison.Ordinal)),
            Throws.TypeOf<JobRequestException>().With.Message.StartsWith($"Field '{field}' has no meaning in an event. To plan only, set"));
    }

    [Test]
    public async Task RunAsync_PlacesInTheEvent_BecomeParametersOfTheirOwnType()
    {
        await using var harness = Route(
            """{"task":"$.detail.name","count":"$.detail.counts[1]","details":{"from":"$.detail-type","literal":"$$.id","all":["$.detail.counts"]}}""");

        var summary = await harness.RunAsync("""{"source":"s","detail-type":"t","detail":{"name":"n","counts":[1,2]}}""");

        Assert.That(summary.Summary, Does.StartWith("""n|2|{"from":"t","literal":"$.id","all":[[1,2]]}|"""));
    }

    [Test]
    public async Task RunAsync_DetailAsText_IsRead()
    {
        await using var harness = Route("""{"task":"$.detail.name"}""");

        var summary = await harness.RunAsync("""{"source":"s","detail-type":"t","detail":"{\"name\":\"n\"}"}""");

        Assert.That(summary.Summary, Does.StartWith("n|"));
    }

    [Test]
    public async Task RunAsync_SchedulersOwnEvent_IsRouted()
    {
        await using var harness = new JobHarness(builder => builder
            .AddEventCounter("scheduled", "Scheduled")
            .MapEvent("aws.scheduler", "Scheduled Event", null, "scheduled"));

        var summary = await harness.RunAsync("""
            {"version":"0","id":"d4f4e3f8-1e0c-4ee5-9d2f-6f0f0f0f0f0f","detail-type":"Scheduled Event","source":"aws.scheduler",
             "account":"123456789012","time":"2026-11-22T03:00:00Z","region":"us-east-1",
             "resources":["arn:aws:scheduler:us-east-1:123456789012:schedule/default/nightly"],"detail":"{}"}
            """);

        Assert.That(summary.Count("eventsCounted"), Is.EqualTo(1));
    }

    [TestCase("[]")]
    [TestCase("\"text\"")]
    [TestCase("\"[]\"")]
    [TestCase("null")]
    public async Task RunAsync_DetailIsNoObject_SaysSo(string detail)
    {
        await using var harness = Route("""{"task":"x"}""");

        Assert.That(
            () => harness.RunAsync($$"""{"source":"s","detail-type":"t","detail":{{detail}}}"""),
            Throws.TypeOf<JobRequestException>().With.Message.EqualTo(
                $"Field 'detail' of the event must be an object, or text that holds one, but is {detail}."));
    }

    [Test]
    public async Task RunAsync_PlaceMissingInTheEvent_NamesEach()
    {
        await using var harness = Route("""{"task":"$.detail.name","count":"$.detail.counts[7]"}""");

        Assert.That(
            () => harness.RunAsync("""{"source":"s","detail-type":"t","detail":{"counts":[1]}}"""),
            Throws.TypeOf<JobRequestException>().With.Property("Problems").EqualTo(new[]
            {
                "The event has nothing at $.detail.name, which its route passes on as a parameter.",
                "The event has nothing at $.detail.counts[7], which its route passes on as a parameter.",
            }));
    }

    [Test]
    public async Task RunAsync_ParameterOfTheWrongType_IsToldLikeAPayloads()
    {
        await using var harness = Route("""{"task":"$.detail.name"}""");

        Assert.That(
            () => harness.RunAsync("""{"source":"s","detail-type":"t","detail":{"name":5}}"""),
            Throws.TypeOf<JobRequestException>().With.Message.EqualTo("Parameter 'task' must be a string, but is 5."));
    }

    [Test]
    public async Task RunAsync_UnknownParameterInCode_IsToldAtTheFirstEvent()
    {
        await using var harness = Route("""{"tsk":"x"}""");

        for (var delivery = 0; delivery < 2; delivery++)
        {
            Assert.That(
                () => harness.RunAsync("""{"source":"s","detail-type":"t","detail":{}}"""),
                Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Unknown parameter 'tsk' of job 'start-task'."));
        }
    }

    [Test]
    public async Task RunAsync_NoRoute_ListsTheRoutes()
    {
        await using var harness = new JobHarness(AddBackfillRoutes);

        Assert.That(
            () => harness.RunAsync(Completed.Replace("\"success\"", "\"partial\"", StringComparison.Ordinal)),
            Throws.TypeOf<JobRequestException>().With.Message.StartsWith(
                "No route matches the event 'Channel Backfill Completed' of 'dn.backend.channelbackfill' with detail "
                    + "{\"status\":\"partial\"")
                .And.Message.Contains(
                    "Routes: 'Channel Backfill Completed' of 'dn.backend.channelbackfill' where detail matches {\"status\":[\"success\"]} "
                        + "-> ecs-run-task; "
                    + "'Channel Backfill Failed' of 'dn.backend.channelbackfill' where detail matches {\"status\":[\"failed\"]} -> "
                    + "channel-backfill-failed."));
    }

    [Test]
    public async Task RunAsync_TwoRoutes_ListsBothAndRunsNeither()
    {
        await using var harness = new JobHarness(builder =>
        {
            AddBackfillRoutes(builder);
            builder.MapEvent("dn.backend.channelbackfill", "Channel Backfill Completed", null, "channel-backfill-failed");
        });

        Assert.That(
            () => harness.RunAsync(Completed),
            Throws.TypeOf<JobRequestException>().With.Message.StartsWith("2 routes match the event")
                .And.Message.Contains("-> ecs-run-task; ").And.Message.Contains("-> channel-backfill-failed. Narrow their Match"));
        Assert.That(harness.Runs.Records, Is.Empty);
    }

    [Test]
    public async Task RunAsync_RecordsOfAnotherService_SaysWhatToDo()
    {
        await using var harness = new JobHarness(AddBackfillRoutes);

        Assert.That(
            () => harness.RunAsync("""{"Records":[{"eventSource":"aws:s3"}]}"""),
            Throws.TypeOf<JobRequestException>().With.Message.StartsWith("The payload is an S3 event notification, which "
                + "names no job. Turn on EventBridge for the bucket"));
    }

    [TestCase("""{"\ud800":1,"source":"s","detail-type":"t","detail":{"name":"n"},"\ud801":1}""")]
    [TestCase("""{"source":"s","detail-type":"t","detail":{"\ud800":1,"name":"n","\ud801":1}}""")]
    [TestCase("""{"source":"s","detail-type":"t","detail":"{\"\\ud800\":1,\"name\":\"n\",\"\\ud801\":1}"}""")]
    [TestCase("""{"source":"s","detail-type":"t","detail":{"name":"n","other":"\ud800"}}""")]
    public async Task RunAsync_NamesAndTextsThatAreNoUnicode_ArePassedOver(string payload)
    {
        await using var harness = Route("""{"task":"$.detail.name"}""");

        var summary = await harness.RunAsync(payload);

        Assert.That(summary.Summary, Does.StartWith("n|"));
    }

    [TestCase("""{"source":"\ud800","detail-type":"t","detail":{}}""", "Field 'source' of the event must be a string, but is \"\\ud800\".")]
    [TestCase("""{"source":"s","detail-type":"t","detail":"\ud800"}""", "Field 'detail' of the event must be an object, or text that holds one, but is \"\\ud800\".")]
    [TestCase("""{"source":"s","detail-type":"t","detail":{"name":"\ud800"}}""", "Parameter 'task' must be a string, but is \"\\ud800\".")]
    [TestCase("""{"id":"\ud800","source":"s","detail-type":"t","detail":{"name":"n"}}""", "Field 'id' must be a string of 1 to 256 characters, but is \"\\ud800\".")]
    public async Task RunAsync_NeededTextThatIsNoUnicode_SaysSo(string payload, string problem)
    {
        await using var harness = Route("""{"task":"$.detail.name"}""");

        Assert.That(() => harness.RunAsync(payload), Throws.TypeOf<JobRequestException>().With.Message.EqualTo(problem));
    }

    private static void AddBackfillRoutes(IDispatcherBuilder builder) => builder
        .AddJob<StartTaskJob, StartTaskParameters>("ecs-run-task", StartTaskJsonContext.Default.StartTaskParameters)
        .AddEventCounter("channel-backfill-failed", "ChannelBackfillFailed")
        .MapEvent(
            "dn.backend.channelbackfill",
            "Channel Backfill Completed",
            """{"status":["success"]}""",
            "ecs-run-task",
            """{"task":"cmscustomidcleanup"}""")
        .MapEvent("dn.backend.channelbackfill", "Channel Backfill Failed", """{"status":["failed"]}""", "channel-backfill-failed");

    private static JobHarness Route(string parameters) => new(builder => builder
        .AddJob<StartTaskJob, StartTaskParameters>("start-task", StartTaskJsonContext.Default.StartTaskParameters)
        .MapEvent("s", "t", null, "start-task", parameters));
}
