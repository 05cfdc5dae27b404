using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Middleware;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dispatcher.Tests.Continuations;

public sealed class ContinuationMiddlewareTests
{
    private const string Rest = "Half done.";

    private static readonly DateTimeOffset ScheduledTime = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    private readonly TestClock _clock = new();
    private RecordingSender _sender = null!;

    [SetUp]
    public void SetUp() => _sender = new RecordingSender();

    [Test]
    public async Task InvokeAsync_Continued_SendsTheSameRequestForTheSameSlot()
    {
        var parameters = JsonElement.Parse("{}");
        var request = new JobRequest(TestRun.JobName)
        {
            Id = "event-1",
            ScheduledTime = ScheduledTime,
            Parameters = parameters,
            Continuation = 3,
            Deadline = _clock.GetUtcNow().AddMinutes(15),
            HostRequestId = "request-1",
        };

        await using var harness = Harness(static (_, _) => Task.FromResult(JobResult.Continued(Rest)));
        await DispatchAsync(harness, request);

        Assert.That(
            _sender.Sent.Single().Request,
            Is.EqualTo(new JobRequest(
                TestRun.JobName) { Id = "event-1", ScheduledTime = ScheduledTime, Parameters = parameters, Continuation = 4 }));
    }

    [Test]
    public async Task InvokeAsync_ContinuedWithParameters_SendsThese()
    {
        await using var harness = Harness(static (_, _) => Task.FromResult(JobResult.Continued(Rest, JsonElement.Parse("""{"left":2}"""))));
        await DispatchAsync(harness, new JobRequest(TestRun.JobName) { Id = "event-1", Parameters = JsonElement.Parse("{}") });

        Assert.That(_sender.Sent.Single().Request.Parameters.GetRawText(), Is.EqualTo("""{"left":2}"""));
    }

    [TestCase(true, "2026-11-22T03:00:00.0000000+00:00")]
    [TestCase(false, "request-1")]
    public async Task InvokeAsync_RequestWithoutId_GetsTheNameOfItsSlot(bool scheduled, string slot)
    {
        var slots = new List<string>();
        await using var harness = Harness((context, _) =>
        {
            slots.Add(context.Slot);
            return Task.FromResult(JobResult.Continued(Rest));
        });
        await DispatchAsync(
            harness, new JobRequest(TestRun.JobName) { ScheduledTime = scheduled ? ScheduledTime : null, HostRequestId = "request-1" });

        await DispatchAsync(harness, _sender.Sent[0].Request with { HostRequestId = "request-2" });

        Assert.That(slots, Is.EqualTo(new[] { slot, slot }));
    }

    [Test]
    public async Task InvokeAsync_Continued_SaysThatTheRestIsQueued()
    {
        var summary = await RunAsync(static (context, token) => ChangeAsync(context, token));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Continued));
        Assert.That(summary.Summary, Is.EqualTo($"{Rest} The rest is queued: run 2 of at most 20 follows."));
    }

    [Test]
    public async Task InvokeAsync_SomethingWasChanged_SendsWithoutDelay()
    {
        await RunAsync(static (context, token) => ChangeAsync(context, token));

        Assert.That(_sender.Sent.Single().Delay, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task InvokeAsync_NothingWasChanged_SendsWithTheDelay()
    {
        var summary = await RunAsync(static (_, _) => Task.FromResult(JobResult.Continued(Rest)), ("Continuation:IdleDelaySeconds", "90"));

        Assert.That(_sender.Sent.Single().Delay, Is.EqualTo(TimeSpan.FromSeconds(90)));
        Assert.That(summary.Summary, Does.EndWith("run 2 of at most 20 follows in 90 s."));
    }

    [TestCase(1, JobStatus.Continued, 1)]
    [TestCase(2, JobStatus.Failed, 0)]
    [TestCase(999, JobStatus.Failed, 0)]
    public async Task InvokeAsync_LastRunLeavesWork_Fails(int continuation, JobStatus status, int sent)
    {
        await using var harness = Harness(static (_, _) => Task.FromResult(JobResult.Continued(Rest)), ("Continuation:MaxRuns", "3"));

        var summary = await DispatchAsync(harness, new JobRequest(TestRun.JobName) { Id = "event-1", Continuation = continuation });

        Assert.That((summary.Status, _sender.Sent.Count), Is.EqualTo((status, sent)), summary.Summary);
        if (status == JobStatus.Failed)
        {
            Assert.That(summary.Summary, Is.EqualTo(
                $"{Rest} This was run {continuation + 1} of at most 3 for slot 'event-1', and work is left. "
                + "Raise Continuation:MaxRuns or the function's timeout, or give the job less to do at once."));
        }
    }

    [Test]
    public async Task InvokeAsync_SendFails_FailsTheRunWithTheReason()
    {
        _sender.OnSend = static _ => throw new PermanentJobException("There is no queue.");

        var summary = await RunAsync(static (context, token) => ChangeAsync(context, token));

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Is.EqualTo(
            $"{Rest} What is left could not be queued: There is no queue. What was done stays done; run the job again to go on."));
        Assert.That(summary.Attempts, Is.EqualTo(1), "the job itself is not tried again");
        Assert.That(summary.Changes.Applied, Is.EqualTo(1));
    }

    [Test]
    public async Task InvokeAsync_SendFailsUnexpectedly_LogsTheStack()
    {
        _sender.OnSend = static _ => throw new InvalidOperationException("odd");
        await using var harness = Harness(static (_, _) => Task.FromResult(JobResult.Continued(Rest)));

        var summary = await harness.RunAsync(TestRun.Payload);

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(harness.Logs.Lines, Has.One.Contains("failed unexpectedly"));
    }

    [TestCase(null, 10.0)]
    [TestCase(4.0, 2.0)]
    [TestCase(900.0, 10.0)]
    [TestCase(0.06, 0.1)]
    public async Task InvokeAsync_SendHangs_FailsInTimeToReport(double? secondsLeft, double limit)
    {
        _sender.OnSend = static _ => new TaskCompletionSource().Task;
        var context = TestRun.Run(deadline: secondsLeft is { } left ? _clock.GetUtcNow().AddSeconds(left) : null, timeProvider: _clock);
        var middleware = new ContinuationMiddleware(Options.Create(new ContinuationOptions()), new FailureClassifier([]), _clock, _sender);

        var run = middleware.InvokeAsync(context, static (_, _) => Task.FromResult(JobResult.Continued(Rest)), CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(limit - 0.01));
        var early = run.IsCompleted;
        _clock.Advance(TimeSpan.FromSeconds(0.01));
        var result = await run;

        Assert.That(early, Is.False);
        Assert.That(result.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(result.Summary, Does.Contain(
            $"it was not sent within {limit} s. Check that the queue can be reached from here."));
    }

    [Test]
    public async Task InvokeAsync_CancelledWhileSending_IsACancelledRun()
    {
        using var cancellation = new CancellationTokenSource();
        await using var harness = Harness(static (_, _) => Task.FromResult(JobResult.Continued(Rest)));
        _sender.OnSend = async token =>
        {
            await cancellation.CancelAsync();
            token.ThrowIfCancellationRequested();
        };

        var summary = await harness.RunAsync(TestRun.Payload, cancellationToken: cancellation.Token);

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(summary.Summary, Does.StartWith("The run was cancelled"));
    }

    /// <summary>What a job left running must not change anything once the following run may begin.</summary>
    [Test]
    public async Task InvokeAsync_JobLeftSomethingRunning_IsRefusedBeforeTheRestIsQueued()
    {
        IChangeGate? gate = null;
        _sender.OnSend = _ =>
        {
            Assert.That(
                () => gate!.ApplyAsync(TestRun.Change(), static _ => Task.CompletedTask, CancellationToken.None),
                Throws.TypeOf<PermanentJobException>().With.Message.EqualTo(
                    "Job 'test-job' proposed a change after its run had ended. Await everything that the job starts before it returns."));
            return Task.CompletedTask;
        };
        await using var harness = Leases.LeaseHarness.Create(
            (context, _) =>
            {
                gate = context.Changes;
                return Task.FromResult(JobResult.Continued(Rest));
            },
            new MemoryRunStore(_clock),
            _clock,
            static options => options.PreventOverlap(),
            services: services => services.AddSingleton<IRequestSender>(_sender));

        var record = await harness.RunAsync("""{"job":"test-job","id":"event-1"}""");

        Assert.That((record.Status, _sender.Sent.Count), Is.EqualTo((JobStatus.Continued, 1)), record.Summary);
    }

    [TestCase(TestRun.DryRunPayload, null)]
    [TestCase(TestRun.Payload, "true")]
    public async Task InvokeAsync_DryRun_SendsNothing(string payload, string? forced)
    {
        await using var harness = Harness(static (_, _) => Task.FromResult(JobResult.Continued(Rest)), ("DRY_RUN", forced));

        var summary = await harness.RunAsync(payload);

        Assert.That(_sender.Sent, Is.Empty);
        Assert.That((summary.Status, summary.Summary), Is.EqualTo((JobStatus.Continued, Rest)));
    }

    [Test]
    public async Task InvokeAsync_NoSender_LeavesTheResultAsItIs()
    {
        await using var harness = TestRun.Harness(static (_, _) => Task.FromResult(JobResult.Continued(Rest)));

        var summary = await harness.RunAsync("""{"job":"test-job","continuation":999}""");

        Assert.That((summary.Status, summary.Summary), Is.EqualTo((JobStatus.Continued, Rest)));
    }

    [Test]
    public async Task InvokeAsync_OtherEnds_SendNothing()
    {
        foreach (var result in (
            JobResult[])[JobResult.Succeeded("x"), JobResult.Partial("x"), JobResult.Skipped("x"), JobResult.Failed("x")])
        {
            await RunAsync((_, _) => Task.FromResult(result));
        }

        Assert.That(_sender.Sent, Is.Empty);
    }

    [Test]
    public async Task InvokeAsync_JobStopsAtItsDeadline_IsContinuedOutsideOfIt()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var harness = TestRun.Harness(
            async (_, token) =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return JobResult.Continued(Rest);
            },
            timeProvider: _clock,
            services: services => services.AddSingleton<IRequestSender>(_sender));
        var sendingSawTheDeadline = true;
        _sender.OnSend = token =>
        {
            sendingSawTheDeadline = token.IsCancellationRequested;
            return Task.CompletedTask;
        };

        var run = harness.RunAsync(TestRun.Payload, _clock.GetUtcNow().AddMinutes(5));
        await begun.Task;
        _clock.Advance(TimeSpan.FromSeconds(290));
        var summary = await run;

        Assert.That(summary.Status, Is.EqualTo(JobStatus.Continued), summary.Summary);
        Assert.That(_sender.Sent, Has.Count.EqualTo(1));
        Assert.That(sendingSawTheDeadline, Is.False);
    }

    private static async Task<JobResult> ChangeAsync(JobContext context, CancellationToken cancellationToken)
    {
        await context.Changes.TryApplyAsync(TestRun.Change(), static _ => Task.CompletedTask, cancellationToken);
        return JobResult.Continued(Rest);
    }

    private static Task<RunRecord> DispatchAsync(JobHarness harness, JobRequest request) =>
        harness.Services.GetRequiredService<IJobDispatcher>().DispatchAsync(
            harness.Services.GetRequiredService<JobRequestReader>().Bind(request).WithHost(request.Deadline, request.HostRequestId));

    private async Task<RunRecord> RunAsync(JobBody body, params (string Key, string? Value)[] settings)
    {
        await using var harness = Harness(body, settings);
        return await harness.RunAsync(TestRun.Payload);
    }

    private JobHarness Harness(JobBody body, params (string Key, string? Value)[] settings) => TestRun.Harness(
        body,
        configuration: settings.ToDictionary(static setting => setting.Key, static setting => setting.Value),
        timeProvider: _clock,
        services: services => services.AddSingleton<IRequestSender>(_sender));
}
