using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;

namespace Dispatcher.Tests.Limiting;

/// <summary>Limits from a payload, the settings and the registration, through a whole run.</summary>
public sealed class LimitedRunTests
{
    [TestCase("""{"maxChanges":2}""", "(maxChanges: payload), but has changed 2", "raise limits.maxChanges in the payload.")]
    [TestCase("""{"maxChanges":50}""", "(maxChanges: MAX_CHANGES), but has changed 3", "raise MAX_CHANGES.")]
    [TestCase(
        """{"maxBytes":25}""",
        "at most 25 bytes in one run (maxBytes: payload), but has freed 20",
        "raise limits.maxBytes in the payload.")]
    [TestCase(
        """{"maxChangesPercent":5}""",
        "5 % of the 40 items that it examined in one run, which is 2 (maxChangesPercent: payload)",
        "raise limits.maxChangesPercent in the payload.")]
    public async Task RunAsync_BeyondALimit_FailsAndSaysHowToProceed(string limits, string rule, string remedy)
    {
        await using var harness = Harness(new() { ["MAX_CHANGES"] = "3" });

        var record = await harness.RunAsync($$"""{"job":"test-job","limits":{{limits}}}""");

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(record.Summary, Does.Contain(rule).And.EndsWith(remedy));
    }

    [Test]
    public async Task RunAsync_DryRunBeyondLimits_NotesEachInTheSummary()
    {
        await using var harness = Harness(new() { ["MAX_CHANGES"] = "3", ["TEST_JOB_MAX_BYTES"] = "5" });

        var record = await harness.RunAsync("""{"job":"test-job","dryRun":true,"limits":{"maxChangesPercent":5}}""");

        Assert.That(record.Changes.Proposed, Is.EqualTo(6));
        Assert.That(
            record.Summary,
            Is.EqualTo(
                "done A real run would stop at its limit of 3 changes (maxChanges: MAX_CHANGES). "
                + "A real run would stop at its limit of 5 % of the 40 items that it examined (maxChangesPercent: payload). "
                + "A real run would stop at its limit of 5 bytes (maxBytes: TEST_JOB_MAX_BYTES)."));
    }

    [Test]
    public async Task RunAsync_OwnSettingAboveTheRegistration_RaisesTheLimit()
    {
        await using var harness = TestRun.Harness(
            (context, token) => ChangeAsync(context, token), job => job.MaxChanges = 1, new() { ["TEST_JOB_MAX_CHANGES"] = "6" });

        Assert.That((await harness.RunAsync(TestRun.Payload)).Changes.Applied, Is.EqualTo(6));
    }

    [Test]
    public async Task RunAsync_PayloadAsksForMore_IsLogged()
    {
        await using var harness = Harness(new() { ["MAX_CHANGES"] = "6" });

        var record = await harness.RunAsync("""{"job":"test-job","limits":{"maxChanges":60}}""");

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(harness.Logs.Lines, Has.One.Contains("The payload's limits.maxChanges of 60 changes has no effect"));
    }

    [Test]
    public async Task RunAsync_ShareForAllJobsAndNothingExamined_IsNoted()
    {
        await using var harness = TestRun.Harness(
            async (context, token) =>
            {
                await context.Changes.ApplyAsync(TestRun.Change(), _ => Task.CompletedTask, token);
                return JobResult.Succeeded("done");
            },
            configuration: new() { ["MAX_CHANGES_PERCENT"] = "10" });

        var record = await harness.RunAsync(TestRun.Payload);

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(
            record.Summary,
            Is.EqualTo("done MAX_CHANGES_PERCENT was not applied, because the job does not report how many items it examines."));
    }

    [Test]
    public async Task RunAsync_OddOwnSetting_RefusesTheRun()
    {
        await using var harness = Harness(new() { ["TEST_JOB_MAX_CHANGES_PERCENT"] = "a lot" });

        await Assert.ThatAsync(
            () => harness.RunAsync(TestRun.Payload),
            Throws.TypeOf<JobRequestException>().With.Message.Contains("TEST_JOB_MAX_CHANGES_PERCENT is 'a lot'"));
    }

    [Test]
    public async Task RunAsync_RateIsTooLowForTheTimeLeft_ContinuesAtTheDeadline()
    {
        var clock = new TestClock();
        await using var harness = TestRun.Harness(
            async (context, token) =>
            {
                try
                {
                    return await ChangeAsync(context, token);
                }
                catch (OperationCanceledException) when (context.IsPastDeadline)
                {
                    return JobResult.Continued("later");
                }
            },
            timeProvider: clock);

        var run = harness.RunAsync("""{"job":"test-job","limits":{"maxChangesPerSecond":2}}""", clock.GetUtcNow().AddSeconds(2));
        while (!run.IsCompleted)
        {
            // Two timers belong to the deadline.
            if (clock.WaitingTimers > 2)
            {
                clock.Advance(TimeSpan.FromMilliseconds(10));
            }

            await Task.Yield();
        }

        var record = await run;
        Assert.That(record.Status, Is.EqualTo(JobStatus.Continued), record.Summary);
        Assert.That(record.Changes.Applied, Is.InRange(2, 5));
        Assert.That(
            harness.Logs.Lines, Has.Exactly(1).Contains("Slowed down to 2 changes per second (maxChangesPerSecond: payload)."));
    }

    [Test]
    public async Task RunAsync_DryRun_IsNotSlowedDown()
    {
        var clock = new TestClock();
        await using var harness = TestRun.Harness((context, token) => ChangeAsync(context, token), timeProvider: clock);

        var record = await harness.RunAsync("""{"job":"test-job","dryRun":true,"limits":{"maxChangesPerSecond":1}}""");

        Assert.That(record.Changes.Proposed, Is.EqualTo(6));
        Assert.That(record.DurationMs, Is.Zero);
    }

    private static JobHarness Harness(Dictionary<string, string?> configuration) =>
        TestRun.Harness((context, token) => ChangeAsync(context, token), configuration: configuration);

    private static async Task<JobResult> ChangeAsync(JobContext context, CancellationToken cancellationToken)
    {
        context.Changes.Examined(40);
        for (var index = 0; index < 6; index++)
        {
            await context.Changes.ApplyAsync(TestRun.Change(bytes: 10), _ => Task.CompletedTask, cancellationToken);
        }

        return JobResult.Succeeded("done");
    }
}
