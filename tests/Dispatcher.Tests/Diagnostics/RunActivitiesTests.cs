using System.Diagnostics;
using Dispatcher.Tests.TestRuns;

namespace Dispatcher.Tests.Diagnostics;

/// <summary>Listens to the spans of the runs that a test starts, and of no others.</summary>
public sealed class RunActivitiesTests
{
    private const string Secret = "invoices-of-acme";

    private readonly List<Activity> _spans = [];
    private Activity _test = null!;
    private ActivityListener _listener = null!;

    [SetUp]
    public void Listen()
    {
        _test = new Activity("test").Start();
        var trace = _test.TraceId;
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Dispatcher",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = _spans.Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [TearDown]
    public void Unlisten()
    {
        _listener.Dispose();
        _test.Dispose();
    }

    [Test]
    public async Task Run_Succeeds_IsASpanWithAttemptAndChange()
    {
        var record = await RunAsync(static (context, token) =>
            context.Changes.TryApplyAsync(Change("test:Touch"), static _ => Task.CompletedTask, token));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_spans.Select(static span => $"{span.Parent!.DisplayName} > {span.DisplayName} {span.Status}"), Is.EqualTo(new[]
            {
                "attempt > change test:Touch Unset", "job test-job > attempt Unset", "test > job test-job Ok",
            }));
            Assert.That(Tags(0), Is.EqualTo(new Dictionary<string, object?>
            {
                ["change.action"] = "test:Touch", ["change.count"] = 1, ["change.applied"] = 1, ["change.failed"] = 0,
            }));
            Assert.That(Tags(1), Is.EqualTo(new Dictionary<string, object?> { ["job.attempt"] = 1 }));
            Assert.That(Tags(2), Is.EqualTo(new Dictionary<string, object?>
            {
                ["job.name"] = "test-job",
                ["job.run_id"] = record.RunId,
                ["job.dry_run"] = false,
                ["job.status"] = "succeeded",
                ["job.attempts"] = 1,
            }));
            AssertNoSecret();
        }
    }

    [Test]
    public async Task Run_JobThrows_MarksTheSpansByTheTypeOfTheException()
    {
        await RunAsync(static (_, _) => throw new PermanentJobException($"{Secret} is gone."));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_spans.Select(static span => span.Status), Is.All.EqualTo(ActivityStatusCode.Error));
            Assert.That(
                _spans.Select(static span => span.GetTagItem("error.type")), Is.All.EqualTo(typeof(PermanentJobException).FullName));
            Assert.That(_spans[0].StatusDescription, Is.Null);
            Assert.That(_spans[1].GetTagItem("job.status"), Is.EqualTo("failed"));
        }
    }

    [Test]
    public async Task Run_JobReportsAFailureWithoutCause_HasAnUnnamedErrorAtTheRunAlone()
    {
        await using var harness = TestRun.Harness(static (_, _) => Task.FromResult(JobResult.Failed("Nothing to read.")));

        await harness.RunAsync(TestRun.Payload);

        Assert.That(
            _spans.Select(static span => $"{span.DisplayName} {span.Status} {span.GetTagItem("error.type")}"),
            Is.EqualTo(new[] { "attempt Unset ", "job test-job Error _OTHER" }));
    }

    [Test]
    public async Task Run_JobReportsAFailureWithACause_MarksTheAttemptByIt()
    {
        await using var harness = TestRun.Harness(static (_, _) =>
            Task.FromResult(JobResult.Failed("Nothing to read.", new PermanentJobException("Nothing to read."))));

        await harness.RunAsync(TestRun.Payload);

        Assert.That(_spans[0], Has.Property("Status").EqualTo(ActivityStatusCode.Error));
        Assert.That(_spans[0].GetTagItem("error.type"), Is.EqualTo(typeof(PermanentJobException).FullName));
    }

    [TestCase("test:Touch", "test:Touch", "change test:Touch", "test:Touch")]
    [TestCase("test:Touch", "test:Remove", "changes", null)]
    public async Task Changes_SeveralInOneCall_AreOneSpanNamedAfterTheCommonAction(
        string first, string second, string name, string? action)
    {
        await RunAsync((context, token) => context.Changes.TryApplyEachAsync(
            [Change(first), Change(second)],
            static (_, _) => Task.FromResult<IReadOnlyList<ChangeOutcome>>([ChangeOutcome.Unknown("lost"), ChangeOutcome.Failed("no")]),
            token));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_spans[0].DisplayName, Is.EqualTo(name));
            Assert.That(_spans[0].GetTagItem("change.action"), Is.EqualTo(action));
            Assert.That(_spans[0].GetTagItem("change.count"), Is.EqualTo(2));
            Assert.That(_spans[0].GetTagItem("change.applied"), Is.Zero);
            Assert.That(_spans[0].GetTagItem("change.failed"), Is.EqualTo(2));
            Assert.That(_spans[0].Status, Is.EqualTo(ActivityStatusCode.Error));
            AssertNoSecret();
        }
    }

    [Test]
    public async Task Changes_ExceptionEndsTheRun_IsTheErrorOfTheirSpan()
    {
        await RunAsync(static (context, token) =>
            context.Changes.ApplyAsync(Change("test:Touch"), static _ => throw new PermanentJobException(Secret), token));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_spans[0], Has.Property("DisplayName").EqualTo("change test:Touch"));
            Assert.That(_spans[0].GetTagItem("error.type"), Is.EqualTo(typeof(PermanentJobException).FullName));
            Assert.That(_spans[0].StatusDescription, Is.Null);
        }
    }

    private static Change Change(string action) => new(action, Secret) { Evidence = Secret, Reason = Secret };

    private static async Task<RunRecord> RunAsync(Func<JobContext, CancellationToken, Task> work)
    {
        await using var harness = TestRun.Harness(async (context, token) =>
        {
            await work(context, token);
            return JobResult.Succeeded("Done.");
        });
        return await harness.RunAsync(TestRun.Payload);
    }

    private Dictionary<string, object?> Tags(int span) =>
        _spans[span].TagObjects.ToDictionary(static tag => tag.Key, static tag => tag.Value);

    private void AssertNoSecret() => Assert.That(
        _spans.SelectMany(static span =>
            span.TagObjects.Select(static tag => $"{tag.Value}").Append($"{span.DisplayName} {span.StatusDescription}")),
        Has.None.Contains(Secret));
}
