using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Tests.Audit;

public sealed class AuditTrailTests
{
    private readonly RecordingAuditSink _sink = new();

    [Test]
    public async Task Record_AppliedFailedAndSkipped_AreStamped()
    {
        var clock = new TestClock();
        await using var harness = Harness(
            async (context, token) =>
            {
                clock.Advance(TimeSpan.FromSeconds(2));
                await context.Changes.TryApplyAsync(
                    TestRun.Change("a", bytes: 7) with { Evidence = "etag=1" }, _ => Task.CompletedTask, token);
                await context.Changes.TryApplyAsync(TestRun.Change("b"), _ => Task.FromResult(ChangeOutcome.Failed("broken")), token);
                await context.Changes.TryApplyAsync(TestRun.Change("c"), _ => Task.FromResult(ChangeOutcome.Skipped("gone")), token);
                return JobResult.Succeeded("done");
            },
            clock);

        var run = await harness.RunAsync(TestRun.Payload);

        var time = clock.GetUtcNow();
        Assert.That(_sink.Entries, Is.EqualTo(new[]
        {
            new AuditEntry(time, run.RunId, TestRun.JobName, "test:Delete", "a", AuditOutcome.Applied) { Change = 1, Reason = "expired",
                Evidence = "etag=1", Bytes = 7 },
            new AuditEntry(time, run.RunId, TestRun.JobName, "test:Delete", "b", AuditOutcome.Failed) { Change = 2, Reason = "expired",
                Error = "broken" },
            new AuditEntry(time, run.RunId, TestRun.JobName, "test:Delete", "c", AuditOutcome.Skipped) { Change = 3, Reason = "expired",
                Error = "gone" },
        }));
        Assert.That(_sink.Completed, Is.EqualTo(new[] { run.RunId }));
    }

    [TestCase(false, AuditOutcome.Failed)]
    [TestCase(true, AuditOutcome.Interrupted)]
    public async Task Record_ChangesWithOneFateFail_TheErrorIsTheRuns(bool answerLost, AuditOutcome expected)
    {
        await using var harness = Harness(async (context, token) =>
        {
            await context.Changes.ApplyAllAsync(
                [TestRun.Change("a"), TestRun.Change("b")],
                _ => Task.FromException(new TransientJobException("deadlock") { OutcomeUnknown = answerLost }),
                token);
            return JobResult.Succeeded("done");
        }, configuration: new() { ["Retry:MaxAttempts"] = "1" });

        var run = await harness.RunAsync(TestRun.Payload);

        Assert.That(_sink.Entries.Select(
            entry => (entry.Target, entry.Outcome, entry.Error)), Is.EqualTo([("a", expected, "deadlock"), ("b", expected, "deadlock")]));
        Assert.That((run.Status, run.Summary, run.Changes.Applied, run.ItemErrorCount), Is.EqualTo((JobStatus.Failed, "deadlock", 0L, 0L)));
    }

    [Test]
    public async Task Record_UnknownItem_IsInterruptedAndAnItemError()
    {
        await using var harness = Harness(async (context, token) =>
        {
            await context.Changes.TryApplyAsync(TestRun.Change("a"), _ => Task.FromResult(ChangeOutcome.Unknown("cut off")), token);
            return JobResult.Succeeded("done");
        });

        var run = await harness.RunAsync(TestRun.Payload);

        Assert.That(_sink.Entries.Select(entry => (entry.Outcome, entry.Error)), Is.EqualTo([(AuditOutcome.Interrupted, "cut off")]));
        Assert.That((run.Status, run.Changes.Failed, run.ItemErrorCount), Is.EqualTo((JobStatus.Partial, 0L, 1L)));
    }

    [Test]
    public async Task Record_SkippedAfterALostAnswer_IsInterruptedAndSkipped()
    {
        var outcome = ChangeOutcome.Skipped("somebody has gone on").AfterLostAnswer();
        await using var harness = Harness(async (context, token) =>
        {
            await context.Changes.TryApplyAsync(TestRun.Change("a"), _ => Task.FromResult(outcome), token);
            return JobResult.Succeeded("done");
        });

        var run = await harness.RunAsync(TestRun.Payload);

        Assert.That(
            _sink.Entries.Select(entry => (entry.Outcome, entry.Error)),
            Is.EqualTo([(AuditOutcome.Interrupted, "somebody has gone on")]));
        Assert.That((outcome.Kind, outcome.IsDone), Is.EqualTo((ChangeOutcomeKind.Skipped, false)));
        Assert.That((run.Status, run.Changes.Failed, run.ItemErrorCount), Is.EqualTo((JobStatus.Succeeded, 0L, 0L)));
    }

    [Test]
    public async Task Record_DryRun_WritesNothing()
    {
        await using var harness = Harness(async (context, token) =>
        {
            await context.Changes.TryApplyAsync(TestRun.Change(), _ => Task.CompletedTask, token);
            return JobResult.Succeeded("done");
        });

        await harness.RunAsync(TestRun.DryRunPayload);

        Assert.That(_sink.Entries, Is.Empty);
    }

    [Test]
    public async Task Interrupt_ExceptionThatEndsTheRun_SaysThatItMayHaveHappened()
    {
        await using var harness = Harness(async (context, token) =>
        {
            await context.Changes.TryApplyEachAsync(
                [TestRun.Change("a"), TestRun.Change("b")], (_, _) => throw new PermanentJobException("the door is shut"), token);
            return JobResult.Succeeded("done");
        });

        await harness.RunAsync(TestRun.Payload);

        Assert.That(_sink.Lines, Is.EqualTo(new[] { "a Interrupted", "b Interrupted" }));
        Assert.That(_sink.Entries.Select(entry => entry.Error), Is.All.EqualTo("the door is shut"));
    }

    [TestCase(1, AuditOutcome.Failed)]
    [TestCase(2, AuditOutcome.Interrupted)]
    public async Task Record_PermissionDenied_OnlyASingleChangeCertainlyDidNotHappen(int changes, AuditOutcome expected)
    {
        var denied = new UnauthorizedAccessException("s3:DeleteObject");
        var rule = Mock.Of<IFailureRule>(rule => rule.Classify(denied) == new Failure(FailureKind.Denied, "Grant s3:DeleteObject.", true));
        await using var harness = TestRun.Harness(
            async (context, token) =>
            {
                await context.Changes.TryApplyEachAsync(
                    [.. Enumerable.Range(0, changes).Select(index => TestRun.Change($"{index}"))], (_, _) => throw denied, token);
                return JobResult.Succeeded("done");
            },
            services: services => services.AddSingleton<IAuditSink>(_sink).AddSingleton(rule));

        var run = await harness.RunAsync(TestRun.Payload);

        Assert.That(_sink.Entries.Select(
            entry => (entry.Outcome, entry.Error)), Is.EqualTo(Enumerable.Repeat((expected, "Grant s3:DeleteObject."), changes)));
        Assert.That((run.Status, run.Changes.Failed, run.ItemErrorCount), Is.EqualTo((JobStatus.Failed, expected == AuditOutcome.Failed
            ? 1L : 0L, 0L)));
    }

    [Test]
    public async Task Interrupt_Cancelled_SaysThatTheRunWasStopped()
    {
        using var source = new CancellationTokenSource();
        await using var harness = Harness(async (context, token) =>
        {
            await context.Changes.TryApplyAsync(
                TestRun.Change("a"),
                async inner =>
                {
                    await source.CancelAsync();
                    inner.ThrowIfCancellationRequested();
                },
                token);
            return JobResult.Succeeded("done");
        });

        await harness.RunAsync(TestRun.Payload, cancellationToken: source.Token);

        Assert.That(_sink.Lines, Is.EqualTo(new[] { "a Interrupted" }));
        Assert.That(_sink.Entries[0].Error, Is.EqualTo("the run was stopped while this was under way."));
    }

    [Test]
    public async Task Interrupt_JobReturnsWithAChangeUnderWay_IsWrittenOnceAndBeforeTheEnd()
    {
        var (finish, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var harness = Harness((context, token) =>
        {
            _ = StrayAsync(context, token);
            return Task.FromResult(JobResult.Succeeded("done"));
        });

        await harness.RunAsync(TestRun.Payload);
        finish.SetResult();
        await ended.Task;

        Assert.That(_sink.Lines, Is.EqualTo(new[] { "stray Interrupted" }));

        async Task StrayAsync(JobContext context, CancellationToken token)
        {
            await context.Changes.TryApplyAsync(TestRun.Change("stray"), _ => finish.Task, token);
            ended.SetResult();
        }
    }

    [Test]
    public async Task Write_SinkFails_TheOtherHasAllAndTheLogHasOneLine()
    {
        var broken = new Mock<IAuditSink>();
        broken.Setup(sink => sink.Write(It.IsAny<AuditEntry>())).Throws(new IOException("no disk"));
        broken.Setup(
            sink => sink.CompleteAsync(It.IsAny<RunRecord>(), It.IsAny<CancellationToken>())).Throws(new IOException("no disk either"));
        await using var harness = TestRun.Harness(
            async (context, token) =>
            {
                for (var index = 0; index < 3; index++)
                {
                    await context.Changes.TryApplyAsync(TestRun.Change($"item {index}"), _ => Task.CompletedTask, token);
                }

                return JobResult.Succeeded("done");
            },
            services: services => services.AddSingleton(broken.Object).AddSingleton<IAuditSink>(_sink));

        var run = await harness.RunAsync(TestRun.Payload);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Status, Is.EqualTo(JobStatus.Succeeded));
            Assert.That(_sink.Entries, Has.Count.EqualTo(3));
            Assert.That(harness.Logs.Lines, Has.One.Contains("could not keep the audit entry of test:Delete item 0: no disk"));
            Assert.That(harness.Logs.Lines, Has.None.Contains("audit entry of test:Delete item 1"));
            Assert.That(harness.Logs.Lines, Has.One.Contains("could not report the run: no disk either"));
        }
    }

    [Property(MaxTest = 40)]
    public async Task Record_RandomOutcomesAtOnce_TheTrailIsTheBooks(byte[][] batches)
    {
        var sink = new RecordingAuditSink();
        await using var harness = TestRun.Harness(
            async (context, token) =>
            {
                await Parallel.ForAsync(0, batches.Length, token, async (batch, inner) => await context.Changes.TryApplyEachAsync(
                    [.. batches[batch].Select((_, index) => TestRun.Change($"{batch}/{index}"))],
                    async (_, _) =>
                    {
                        await Task.Yield();
                        return [.. batches[batch].Select(Outcome)];
                    },
                    inner));
                return JobResult.Succeeded("done");
            },
            services: services => services.AddSingleton<IAuditSink>(sink));

        var run = await harness.RunAsync(TestRun.Payload);

        Assert.That(sink.Entries.Select(entry => entry.Target), Is.Unique);
        Assert.That(sink.Entries.Count(entry => entry.Outcome == AuditOutcome.Applied), Is.EqualTo(run.Changes.Applied));
        Assert.That(sink.Entries.Count(entry => entry.Outcome == AuditOutcome.Failed), Is.EqualTo(run.Changes.Failed));

        static ChangeOutcome Outcome(byte value) => (value % 3) switch
        {
            0 => ChangeOutcome.Applied,
            1 => ChangeOutcome.Skipped("gone"),
            _ => ChangeOutcome.Failed("broken"),
        };
    }

    private JobHarness Harness(JobBody body, TimeProvider? clock = null, Dictionary<string, string?>? configuration = null) =>
        TestRun.Harness(body, configuration: configuration, timeProvider: clock, services: services =>
            services.AddSingleton<IAuditSink>(_sink));
}
