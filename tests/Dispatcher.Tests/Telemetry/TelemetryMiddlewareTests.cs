using Dispatcher.Hosting;
using Dispatcher.Pipeline;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Dispatcher.Tests.Telemetry;

public sealed class TelemetryMiddlewareTests
{
    [Test]
    public Task InvokeAsync_JobReturns_WritesOneRecord() => AssertOneRecordAsync(SucceedAsync, JobStatus.Succeeded);

    [Test]
    public Task InvokeAsync_JobThrows_WritesOneRecord() =>
        AssertOneRecordAsync((_, _) => throw new InvalidOperationException("odd"), JobStatus.Failed);

    [Test]
    public async Task InvokeAsync_CallerCancels_WritesOneRecord()
    {
        using var source = new CancellationTokenSource();
        await AssertOneRecordAsync(
            async (_, token) =>
            {
                await source.CancelAsync();
                token.ThrowIfCancellationRequested();
                return JobResult.Succeeded("done");
            },
            JobStatus.Failed,
            source.Token);
    }

    [Test]
    public async Task InvokeAsync_PersonInterrupts_IsCancelledAndNoFailure()
    {
        using var person = new CancellationTokenSource();
        await using var harness = TestRun.Harness(
            async (context, token) =>
            {
                await context.Changes.ApplyAsync(TestRun.Change(), _ => Task.CompletedTask, token);
                await person.CancelAsync();
                token.ThrowIfCancellationRequested();
                return JobResult.Succeeded("done");
            },
            services: services => services.AddSingleton(new RunInterrupt(person.Token)));

        var record = await harness.RunAsync(TestRun.Payload, cancellationToken: person.Token);

        Assert.That(harness.Runs.Records, Is.EqualTo(new[] { record }));
        Assert.That((record.Status, record.Changes.Applied), Is.EqualTo((JobStatus.Cancelled, 1)));
        Assert.That(record.Summary, Is.EqualTo("The run was interrupted after 1 change. Run the job again to finish its work."));
        var flags = harness.Metrics.Batches.Single().Values.Where(static value => value.Name is "Succeeded" or "Partial" or "Failed");
        Assert.That(flags.Select(static value => value.Value), Is.EqualTo(new double[] { 0, 0, 0 }));
    }

    [Test]
    public async Task InvokeAsync_PersonInterruptsDuringAChange_TellsThatItMayHaveBeenMade()
    {
        using var person = new CancellationTokenSource();
        await using var harness = TestRun.Harness(
            async (context, token) =>
            {
                await context.Changes.ApplyAsync(
                    TestRun.Change(),
                    async change =>
                    {
                        await person.CancelAsync();
                        change.ThrowIfCancellationRequested();
                    },
                    token);
                return JobResult.Succeeded("done");
            },
            services: services => services.AddSingleton(new RunInterrupt(person.Token)));

        var record = await harness.RunAsync(TestRun.Payload, cancellationToken: person.Token);

        Assert.That((record.Status, record.Changes.Applied, record.Changes.Interrupted), Is.EqualTo((JobStatus.Cancelled, 0L, 1L)));
        Assert.That(
            record.Summary,
            Is.EqualTo("The run was interrupted after 0 changes, with 1 change interrupted (may have been made). "
                + "Look at what may have been made before you run the job again."));
    }

    [Test]
    public async Task InvokeAsync_DeadlineCutsOffAfterNoInterrupt_IsFailed()
    {
        var clock = new TestClock();
        using var person = new CancellationTokenSource();
        await using var harness = TestRun.Harness(
            async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return JobResult.Succeeded("done");
            },
            timeProvider: clock,
            services: services => services.AddSingleton(new RunInterrupt(person.Token)));
        var run = harness.RunAsync(TestRun.Payload, clock.GetUtcNow().AddSeconds(100));
        await clock.WhenTimersWaitAsync(2);

        clock.Advance(TimeSpan.FromSeconds(85));

        Assert.That((await run).Status, Is.EqualTo(JobStatus.Failed));
    }

    [Test]
    public async Task InvokeAsync_JobFailsWithAnErrorAfterTheInterrupt_IsFailed()
    {
        using var person = new CancellationTokenSource();
        await using var harness = TestRun.Harness(
            async (_, _) =>
            {
                await person.CancelAsync();
                throw new PermanentJobException("The table is gone.");
            },
            services: services => services.AddSingleton(new RunInterrupt(person.Token)));

        var record = await harness.RunAsync(TestRun.Payload, cancellationToken: person.Token);

        Assert.That((record.Status, record.Summary), Is.EqualTo((JobStatus.Failed, "The table is gone.")));
    }

    [Test]
    public Task InvokeAsync_JobReturnsNoResult_WritesOneRecord() =>
        AssertOneRecordAsync((_, _) => Task.FromResult<JobResult>(null!), JobStatus.Failed);

    [Test]
    public Task InvokeAsync_JobReturnsNoTask_WritesOneRecord() => AssertOneRecordAsync((_, _) => null!, JobStatus.Failed);

    [Test]
    public async Task InvokeAsync_JobIsCutOff_WritesOneRecord()
    {
        var clock = new TestClock();
        var (started, never) = (new TaskCompletionSource(), new TaskCompletionSource<JobResult>());
        await using var harness = TestRun.Harness(
            (_, _) =>
            {
                started.SetResult();
                return never.Task;
            },
            timeProvider: clock);
        var run = harness.RunAsync(TestRun.Payload, clock.GetUtcNow().AddSeconds(100));
        await started.Task;
        await clock.WhenTimersWaitAsync(2);

        clock.Advance(TimeSpan.FromSeconds(97));
        await run;

        Assert.That(harness.Runs.Records.Single().Summary, Does.StartWith("The job did not stop at its deadline"));
        Assert.That(harness.Metrics.Value("Failed"), Is.EqualTo(1));
    }

    [Test]
    public async Task InvokeAsync_NothingReturned_SaysSo()
    {
        await using var harness = TestRun.Harness((_, _) => Task.FromResult<JobResult>(null!));

        Assert.That(
            (await harness.RunAsync(TestRun.Payload)).Summary,
            Is.EqualTo("Job 'test-job' (DelegateJob) returned no result. Return a JobResult, for example JobResult.Succeeded(\"…\")."));
    }

    [Test]
    public async Task InvokeAsync_MetricsCannotBeTaken_TheRunKeepsItsResultAndItsRecord()
    {
        await using var harness = TestRun.Harness(SucceedAsync, job => job.Metrics.Add(null!));

        var summary = await harness.RunAsync(TestRun.Payload);

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(harness.Runs.Records, Is.EqualTo(new[] { summary }));
        Assert.That(harness.Metrics.Batches, Is.Empty);
        Assert.That(harness.Logs.Lines, Has.One.Contains("The run's metrics are left out: "));
    }

    [Test]
    public async Task InvokeAsync_SinkThrows_TheOthersStillGetTheirs()
    {
        var broken = new Mock<IRunSink>();
        broken.Setup(sink => sink.WriteAsync(It.IsAny<RunRecord>(), It.IsAny<CancellationToken>())).Throws(new IOException("no disk"));
        await using var harness = TestRun.Harness(SucceedAsync, services: services => services.AddSingleton(broken.Object));

        var summary = await harness.RunAsync(TestRun.Payload);

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(harness.Runs.Records, Has.Count.EqualTo(1));
        Assert.That(harness.Logs.Lines, Has.One.Contains("could not report the run: no disk"));
    }

    [Test]
    public async Task InvokeAsync_SinkHangsOrBlocks_IsLeftBehindAfterTheTimeout([Values] bool blocks)
    {
        using var release = new ManualResetEventSlim();
        var clock = new TestClock();
        var never = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var hanging = new Mock<IRunSink>();
        hanging.Setup(sink => sink.WriteAsync(It.IsAny<RunRecord>(), It.IsAny<CancellationToken>())).Returns(() =>
        {
            entered.SetResult();
            if (blocks)
            {
                release.Wait();
            }

            return never.Task;
        });
        await using var harness = TestRun.Harness(SucceedAsync, timeProvider: clock, services: services =>
            services.AddSingleton(hanging.Object));
        var run = Task.Run(() => harness.RunAsync(TestRun.Payload));
        await entered.Task;

        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.That((await run).Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(harness.Logs.Lines, Has.Some.Contains("could not report the run: it did not finish within 5 s "
            + "(Telemetry:SinkTimeoutSeconds)"));
        release.Set();
    }

    [Test]
    public async Task InvokeAsync_MetricThrowsOrIsNotFinite_CostsOnlyItself()
    {
        await using var harness = TestRun.Harness(SucceedAsync, job =>
        {
            job.Metrics.Add(new JobMetric("Own", "Broken", MetricUnit.Count, _ => throw new InvalidOperationException("no")));
            job.Metrics.Add(new JobMetric("Own", "Infinite", MetricUnit.Count, _ => double.PositiveInfinity));
            job.Metrics.Add(new JobMetric("Own", "Fine", MetricUnit.Count, _ => 7));
        });

        await harness.RunAsync(TestRun.Payload);

        Assert.That(harness.Runs.Records, Has.Count.EqualTo(1));
        Assert.That(harness.Metrics.Batches.Single(
            batch => batch.Namespace == "Own").Values, Is.EqualTo(new[] { new MetricValue("Fine", MetricUnit.Count, 7) }));
        Assert.That(harness.Logs.Lines, Has.One.Contains("Metric Own Broken is left out: no").And.One.Contains("Metric Own Infinite is "
            + "left out: its value is not a finite number."));
    }

    [Test]
    public async Task InvokeAsync_AllMetricsOfANamespaceFail_EmitsNoEmptyBatch()
    {
        await using var harness = TestRun.Harness(SucceedAsync, static job =>
            job.Metrics.Add(new JobMetric("Own", "Broken", MetricUnit.Count, static _ => throw new InvalidOperationException("no"))));

        await harness.RunAsync(TestRun.Payload);

        Assert.That(harness.Metrics.Batches.Select(static batch => batch.Namespace), Has.None.EqualTo("Own"));
    }

    [Test]
    public async Task InvokeAsync_UnexpectedException_IsLoggedWithItsStack()
    {
        await using var harness = TestRun.Harness((_, _) => throw new InvalidOperationException("odd"));

        await harness.RunAsync(TestRun.Payload);

        Assert.That(harness.Logs.Lines, Has.One.Contains("   at "));
    }

    [Test]
    public async Task InvokeAsync_ExpectedFailure_IsLoggedWithoutAStack()
    {
        await using var harness = TestRun.Harness((_, _) => throw new PermanentJobException("Do this."));

        await harness.RunAsync(TestRun.Payload);

        Assert.That(harness.Logs.Lines, Has.None.Contains("   at ").And.One.Contains("Do this."));
    }

    [Test]
    public async Task InvokeAsync_EveryRun_HasAStructuredScope()
    {
        await using var harness = TestRun.Harness(SucceedAsync);

        var summary = await harness.RunAsync(TestRun.Payload);

        var scope = harness.Logs.Scopes.Single(scope => scope.ContainsKey("RunId"));
        Assert.That((scope["Job"], scope["RunId"]), Is.EqualTo(((object)"test-job", (object)summary.RunId)));
        Assert.That(scope.Keys, Does.Contain("RequestId"));
    }

    [Test]
    public async Task DispatchAsync_MiddlewareOutsideTheTelemetryThrows_StillAnswersAFailedRun()
    {
        await using var harness = TestRun.Harness(SucceedAsync, services: services =>
        {
            services.Insert(0, ServiceDescriptor.Singleton(new MiddlewareRegistration(typeof(object), _ => new ThrowingMiddleware())));
        });

        var summary = await harness.RunAsync(TestRun.Payload);

        Assert.That((summary.Status, summary.Summary), Is.EqualTo((JobStatus.Failed, "IOException: outer")));
    }

    private static Task<JobResult> SucceedAsync(JobContext context, CancellationToken cancellationToken) =>
        Task.FromResult(JobResult.Succeeded("done"));

    private sealed class ThrowingMiddleware : IJobMiddleware
    {
        public async Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
        {
            await next(context, cancellationToken);
            throw new IOException("outer");
        }
    }

    private static async Task AssertOneRecordAsync(JobBody body, JobStatus status, CancellationToken cancellationToken = default)
    {
        await using var harness = TestRun.Harness(body);

        var record = await harness.RunAsync(TestRun.Payload, cancellationToken: cancellationToken);

        Assert.That(record.Status, Is.EqualTo(status));
        Assert.That(harness.Runs.Records, Is.EqualTo(new[] { record }));
        Assert.That(harness.Metrics.Batches, Has.Count.EqualTo(1));
    }
}
