using System.Text.Json.Nodes;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Metrics;

public sealed class StandardMetricsTests
{
    private readonly TestClock _clock = new();

    [Test]
    public async Task Collect_RealRun_HasTheStandardMetricsUnderTheJob()
    {
        await using var harness = Harness();

        await harness.RunAsync(TestRun.Payload);

        var batch = harness.Metrics.Batches.Single(static batch => batch.Namespace == "Maintenance");
        Assert.That((batch.Namespace, batch.Job), Is.EqualTo(("Maintenance", "test-job")));
        Assert.That(batch.Dimensions, Is.EqualTo(new[] { new MetricDimension("Job", "test-job") }));
        Assert.That(batch.Timestamp, Is.EqualTo(_clock.GetUtcNow()));
        Assert.That(batch.Values, Is.EqualTo(new MetricValue[]
        {
            new("Succeeded", MetricUnit.Count, 0),
            new("Partial", MetricUnit.Count, 1),
            new("Failed", MetricUnit.Count, 0),
            new("Skipped", MetricUnit.Count, 0),
            new("Continued", MetricUnit.Count, 0),
            new("Duration", MetricUnit.Milliseconds, 250),
            new("Attempts", MetricUnit.Count, 1),
            new("ItemErrors", MetricUnit.Count, 150),
            new("ChangesApplied", MetricUnit.Count, 1),
            new("BytesFreed", MetricUnit.Bytes, 9),
            new("ColdStart", MetricUnit.Count, 1),
        }));
    }

    [Test]
    public async Task Collect_DryRun_HasADimensionOfItsOwnEverywhere()
    {
        await using var harness = Harness();

        await harness.RunAsync(TestRun.DryRunPayload);

        Assert.That(harness.Metrics.Batches.Select(batch => batch.Dimensions), Is.All.Contains(new MetricDimension("DryRun", "true")));
        Assert.That(harness.Metrics.Batches, Has.Count.EqualTo(2));
        Assert.That(
            harness.Metrics.Batches.Single(static batch => batch.Namespace == "Maintenance").Dimensions,
            Is.EqualTo(new[] { new MetricDimension("Job", "test-job"), new MetricDimension("DryRun", "true") }));
        Assert.That(harness.Metrics.Value("Succeeded"), Is.Zero);
    }

    [Test]
    public async Task Collect_JobMetrics_AreABatchPerNamespaceWithoutDimensions()
    {
        await using var harness = Harness();

        await harness.RunAsync(TestRun.Payload);

        var own = harness.Metrics.Batches.Single(batch => batch.Namespace == "VideoUpload/Cleanup");
        Assert.That(own.Dimensions, Is.Empty);
        Assert.That(
            own.Values, Is.EqualTo(new MetricValue[] { new("Deleted", MetricUnit.Count, 1), new("CleanupErrors", MetricUnit.Count, 150) }));
    }

    [Test]
    public async Task Collect_SecondRun_IsNoColdStart()
    {
        await using var harness = Harness();

        await harness.RunAsync(TestRun.Payload);
        await harness.RunAsync(TestRun.Payload);

        Assert.That(harness.Metrics.Value("ColdStart"), Is.Zero);
    }

    [Test]
    public async Task Collect_CountsNamespace_EmitsEachCountWithTheUnitOfItsName()
    {
        await using var harness = TestRun.Harness(
            static (context, _) =>
            {
                context.Counters.Add("rowsAdded", 3);
                context.Counters.Add("copyMs", 250);
                context.Counters.Add("copiedBytes", 4_711);
                return Task.FromResult(JobResult.Succeeded("Done."));
            },
            static job => job.CountsNamespace = "Reports");

        await harness.RunAsync(TestRun.Payload);

        Assert.That(
            harness.Metrics.Batches.Single(static batch => batch.Namespace == "Reports").Values,
            Is.EqualTo(new MetricValue[]
            {
                new("CopiedBytes", MetricUnit.Bytes, 4_711),
                new("CopyMs", MetricUnit.Milliseconds, 250),
                new("RowsAdded", MetricUnit.Count, 3),
            }));
    }

    [Test]
    public async Task Collect_CountsNamespaceWithoutCounts_EmitsNoBatch()
    {
        await using var harness = TestRun.Harness(
            static (_, _) => Task.FromResult(JobResult.Succeeded("Done.")), static job => job.CountsNamespace = "Reports");

        await harness.RunAsync(TestRun.Payload);

        Assert.That(harness.Metrics.Batches, Has.Count.EqualTo(1));
    }

    [TestCase("claims-report", "claims-report")]
    [TestCase("größe.b_c:12", "gr\\u00f6\\u00dfe.b_c:12")]
    [TestCase("_a-1", "_a-1")]
    public async Task Collect_RunOfATask_HasTheOutcomeUnderTheTaskToo(string task, string dimension)
    {
        await using var harness = TaskHarness();

        var note = JsonValue.Create(task).ToJsonString();
        var record = await harness.RunAsync($$$"""{"job":"tasks","parameters":{"table":"t","note":{{{note}}}}}""");

        // Batches are written at the same time.
        var batches = harness.Metrics.Batches.OrderBy(static batch => batch.Dimensions.Count).ToArray();
        var batch = batches[1];
        Assert.That(record.Task, Is.EqualTo(task));
        Assert.That(batches[0].Dimensions, Is.EqualTo(new[] { new MetricDimension("Job", "tasks") }));
        Assert.That(batch.Dimensions, Is.EqualTo(new MetricDimension[] { new("Job", "tasks"), new("Task", dimension) }));
        Assert.That(
            batch.Values.Select(static value => (value.Name, value.Value)).Take(2),
            Is.EqualTo(new[] { ("Succeeded", 1.0), ("Failed", 0.0) }));
        Assert.That(batch.Values.Select(static value => value.Name), Is.EqualTo(new[] { "Succeeded", "Failed", "Duration", "ItemErrors" }));
    }

    [Test]
    public async Task Collect_RunWithoutATask_HasTheMetricsOfTheJobOnly()
    {
        await using var harness = TaskHarness();

        var record = await harness.RunAsync("""{"job":"tasks","parameters":{"table":"t"}}""");

        Assert.That((record.Task, harness.Metrics.Batches.Count), Is.EqualTo(((string?)null, 1)));
    }

    [TestCase("https://jobs:s3cret@example.com/")]
    [TestCase("https:/jobs:s3cret@example.com")]
    [TestCase("https:jobs:s3cret.example.com")]
    [TestCase("Password=s3cret")]
    [TestCase("two words")]
    [TestCase("jobs:s3cret")]
    public async Task Collect_TaskIsNoPlainName_IsNotEmitted(string task)
    {
        await using var harness = TaskHarness();

        var record = await harness.RunAsync($$$"""{"job":"tasks","parameters":{"table":"t","note":"{{{task}}}"}}""");

        Assert.That((record.Task, harness.Metrics.Batches.Count), Is.EqualTo(((string?)null, 1)));
        Assert.That(record.Parameters!["note"], Is.EqualTo("***"));
    }

    [TestCase("notes")]
    [TestCase("batchSize")]
    public async Task Collect_TaskParameterThatIsNotAText_IsReported(string parameter)
    {
        await using var harness = TaskHarness(parameter);

        Assert.That(
            async () => await harness.RunAsync("""{"job":"tasks","parameters":{"table":"t"}}"""),
            Throws.TypeOf<JobRequestException>().With.Message.EndsWith(
                $"takes its task from '{parameter}', which is not one of its parameters, or not a string. Correct TaskParameter."));
    }

    private static JobHarness TaskHarness(string parameter = "note") => new(
        builder => builder.AddJob<SampleJob, SampleParameters>(
            "tasks", SampleJsonContext.Default.SampleParameters, options => options.TaskParameter = parameter));

    private JobHarness Harness() => TestRun.Harness(
        async (context, token) =>
        {
            await context.Changes.TryApplyAsync(TestRun.Change(bytes: 9, counter: "deleted"), _ => Task.CompletedTask, token);
            for (var item = 0; item < 150; item++)
            {
                context.Errors.Add($"item {item}", "bad");
            }

            _clock.Advance(TimeSpan.FromMilliseconds(250));
            return JobResult.Succeeded("done");
        },
        job =>
        {
            job.Metrics.Add(new JobMetric("VideoUpload/Cleanup", "Deleted", MetricUnit.Count, summary => summary.Count("deleted")));
            job.Metrics.Add(new JobMetric("VideoUpload/Cleanup", "CleanupErrors", MetricUnit.Count, summary => summary.ItemErrorCount));
        },
        timeProvider: _clock);
}
