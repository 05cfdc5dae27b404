using Dispatcher.Hosting;
using Dispatcher.Middleware;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.Options;

namespace Dispatcher.Tests.Deadlines;

public sealed class DeadlineMiddlewareTests
{
    private readonly TestClock _clock = new();

    [Test]
    public async Task InvokeAsync_NoDeadline_PassesTheTokenThrough()
    {
        using var source = new CancellationTokenSource();

        var result = await InvokeAsync(
            null, (_, token) => Task.FromResult(JobResult.Succeeded(token == source.Token ? "the same" : "another")), source.Token);

        Assert.That(result.Summary, Is.EqualTo("the same"));
        Assert.That(_clock.WaitingTimers, Is.Zero);
    }

    [TestCase(0)]
    [TestCase(-5)]
    public async Task InvokeAsync_NoTimeLeft_FailsWithoutRunning(int seconds)
    {
        var result = await InvokeAsync(seconds, (_, _) => throw new InvalidOperationException("It ran."));

        Assert.That((result.Status, result.Summary), Is.EqualTo(
            (JobStatus.Failed, $"No time was left to run: the deadline was {_clock.GetUtcNow().AddSeconds(seconds):O}. "
                + "Raise the function's timeout.")));
    }

    [Test]
    public async Task InvokeAsync_JobEndsInTime_ReturnsItsResult()
    {
        var result = await InvokeAsync(100, (_, _) => Task.FromResult(JobResult.Succeeded("done")));

        Assert.That(result.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(() => _clock.WaitingTimers, Is.Zero.After(5000, 5), "a timer is left behind");
    }

    [Test]
    public void InvokeAsync_ClientOfTheJobTimesOutBeforeTheDeadline_IsItsError() => Assert.That(
        () => InvokeAsync(100, static (_, _) => throw new TaskCanceledException("HttpClient.Timeout", new TimeoutException())),
        Throws.TypeOf<TaskCanceledException>().With.Message.EqualTo("HttpClient.Timeout"));

    [Test]
    public async Task InvokeAsync_JobReturnsAtTheSoftStop_KeepsItsResult()
    {
        var run = InvokeAsync(100, async (_, token) =>
        {
            await UntilCancelledAsync(token);
            return JobResult.Continued("half done");
        });
        await _clock.WhenTimersWaitAsync(2);

        _clock.Advance(TimeSpan.FromSeconds(85));

        Assert.That((await run).Status, Is.EqualTo(JobStatus.Continued));
    }

    [Test]
    public async Task InvokeAsync_TimerFiresBeforeTheClockShowsTheDeadline_IsPastDeadline()
    {
        _clock.TimersFireEarlyBy = TimeSpan.FromMilliseconds(1);
        var run = InvokeAsync(100, async (context, token) =>
        {
            await UntilCancelledAsync(token);
            return JobResult.Succeeded($"{_clock.GetUtcNow() < context.Deadline} {context.IsPastDeadline} {context.IsLastAttempt}");
        });
        await _clock.WhenTimersWaitAsync(2);

        _clock.Advance(TimeSpan.FromSeconds(84.999));

        Assert.That((await run).Summary, Is.EqualTo("True True True"));
    }

    [Test]
    public async Task InvokeAsync_CallerCancelsBeforeTheDeadline_IsNotPastDeadline()
    {
        using var source = new CancellationTokenSource();
        var run = InvokeAsync(
            100,
            async (context, token) =>
            {
                await UntilCancelledAsync(token);
                return JobResult.Succeeded($"{context.IsPastDeadline}");
            },
            source.Token);
        await _clock.WhenTimersWaitAsync(2);

        await source.CancelAsync();

        Assert.That((await run).Summary, Is.EqualTo("False"));
    }

    [Test]
    public async Task InvokeAsync_JobThrowsAtTheSoftStop_FailsAndSaysWhen()
    {
        var run = InvokeAsync(100, async (_, token) =>
        {
            await UntilCancelledAsync(token);
            throw new OperationCanceledException(token);
        });
        await _clock.WhenTimersWaitAsync(2);

        _clock.Advance(TimeSpan.FromSeconds(85));

        var result = await run;
        Assert.That(result.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(result.Summary, Is.EqualTo(
            "The job was stopped at its deadline, 85 s after it began, with 0 changes made. "
            + "Raise the function's timeout, or give the job less to do at once."));
    }

    [Test]
    public async Task InvokeAsync_JobIgnoresTheToken_IsLeftBehindWithTheGateShut()
    {
        var never = new TaskCompletionSource<JobResult>();
        var context = TestRun.Run(deadline: _clock.GetUtcNow().AddSeconds(100), timeProvider: _clock);
        var run = Middleware().InvokeAsync(context, (_, _) => never.Task, default);
        await _clock.WhenTimersWaitAsync(2);

        _clock.Advance(TimeSpan.FromSeconds(96.9));
        Assert.That(run.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        var result = await run;
        Assert.That(result.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(result.Summary, Does.StartWith("The job did not stop at its deadline, 85 s after it began"));
        Assert.That(() => context.Changes.TryApplyAsync(TestRun.Change(), _ =>
            Task.CompletedTask, default), Throws.TypeOf<PermanentJobException>());
    }

    [Test]
    public async Task InvokeAsync_JobBlocksItsThread_IsLeftBehindToo()
    {
        using var release = new ManualResetEventSlim();
        var run = InvokeAsync(100, (_, _) =>
        {
            release.Wait(CancellationToken.None);
            return Task.FromResult(JobResult.Succeeded("late"));
        });
        await _clock.WhenTimersWaitAsync(2);

        _clock.Advance(TimeSpan.FromSeconds(97));
        var result = await run;
        release.Set();

        Assert.That(result.Status, Is.EqualTo(JobStatus.Failed));
    }

    [Test]
    public async Task InvokeAsync_CallerCancels_LeavesTheJobTheTimeToCleanUp()
    {
        using var source = new CancellationTokenSource();
        var cleanedUp = new TaskCompletionSource();
        var run = InvokeAsync(
            100,
            async (_, token) =>
            {
                await UntilCancelledAsync(token);
                await cleanedUp.Task;
                return JobResult.Continued("cleaned up");
            },
            source.Token);
        await _clock.WhenTimersWaitAsync(2);

        await source.CancelAsync();
        Assert.That(run.IsCompleted, Is.False);
        cleanedUp.SetResult();

        Assert.That((await run).Summary, Is.EqualTo("cleaned up"));
    }

    [Test]
    public async Task InvokeAsync_CallerCancelsAndTheJobThrows_LetsTheCancellationThrough()
    {
        using var source = new CancellationTokenSource();
        var run = InvokeAsync(
            100,
            async (_, token) =>
            {
                await UntilCancelledAsync(token);
                throw new OperationCanceledException(token);
            },
            source.Token);
        await _clock.WhenTimersWaitAsync(2);

        await source.CancelAsync();

        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void InvokeAsync_JobThrowsATimeout_LetsItThrough() =>
        Assert.That(() => InvokeAsync(100, (_, _) => throw new TimeoutException("the job's own")), Throws.TypeOf<TimeoutException>());

    [TestCase(900, 885)]
    [TestCase(20, 15)]
    [TestCase(0.4, 0.3)]
    public async Task InvokeAsync_AnyRemainingTime_StopsAMarginBefore(double remaining, double stop)
    {
        DateTimeOffset? seen = null;

        await InvokeAsync(remaining, (context, _) =>
        {
            seen = context.Deadline;
            return Task.FromResult(JobResult.Succeeded("done"));
        });

        Assert.That(seen, Is.EqualTo(_clock.GetUtcNow().AddSeconds(stop)));
    }

    [Test]
    public async Task InvokeAsync_DeadlineInAYear_Runs()
    {
        var result = await InvokeAsync(TimeSpan.FromDays(365).TotalSeconds, (_, _) => Task.FromResult(JobResult.Succeeded("done")));

        Assert.That(result.Status, Is.EqualTo(JobStatus.Succeeded));
    }

    private static async Task UntilCancelledAsync(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
    }

    private DeadlineMiddleware Middleware() => new(Options.Create(new DeadlineOptions()), _clock);

    private Task<JobResult> InvokeAsync(double? seconds, JobBody body, CancellationToken cancellationToken = default)
    {
        var deadline = seconds is { } remaining ? _clock.GetUtcNow().AddSeconds(remaining) : (DateTimeOffset?)null;
        var context = TestRun.Run(deadline: deadline, timeProvider: _clock);
        return Middleware().InvokeAsync(context, (run, token) => body(run, token), cancellationToken);
    }
}
