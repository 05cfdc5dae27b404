using Dispatcher.Hosting;
using Dispatcher.Runs;
using Dispatcher.Middleware;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.Options;
using Moq;

namespace Dispatcher.Tests.Retry;

public sealed class RetryMiddlewareTests
{
    private readonly TestClock _clock = new();
    private readonly JobRun _context = TestRun.Run();
    private int _attempts;

    [Test]
    public async Task InvokeAsync_TransientThenFine_TriesAgainAfterAPause()
    {
        var run = InvokeAsync((_, _) => ++_attempts < 3 ? throw new TimeoutException("slow") : Succeed());

        await AdvanceThroughPausesAsync(2);

        Assert.That((await run).Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That((_attempts, _context.Attempt), Is.EqualTo((3, 3)));
    }

    [Test]
    public async Task InvokeAsync_TransientForEver_GivesUpAfterTheLastAttempt()
    {
        var run = InvokeAsync((_, _) =>
        {
            _attempts++;
            throw new TimeoutException("slow");
        });

        await AdvanceThroughPausesAsync(2);

        Assert.That(async () => await run, Throws.TypeOf<TimeoutException>());
        Assert.That(_attempts, Is.EqualTo(3));
    }

    [Test]
    public void InvokeAsync_Permanent_IsNotTriedAgain()
    {
        Assert.That(() => InvokeAsync(Throw(new PermanentJobException("no"))), Throws.TypeOf<PermanentJobException>());
        Assert.That(_attempts, Is.EqualTo(1));
    }

    [TestCase(FailureKind.Exhausted)]
    [TestCase(FailureKind.Denied)]
    public void InvokeAsync_NothingToGain_IsNotTriedAgain(FailureKind kind)
    {
        var exception = new IOException("busy");
        var rule = Mock.Of<IFailureRule>(rule => rule.Classify(exception) == new Failure(kind, "busy", false));

        Assert.That(() => InvokeAsync(Throw(exception), rule: rule), Throws.TypeOf<IOException>());
        Assert.That(_attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task InvokeAsync_FailedResultWithATransientCause_IsTriedAgain()
    {
        var run = InvokeAsync((_, _) => ++_attempts < 2 ? Task.FromResult(JobResult.Failed("slow", new TimeoutException())) : Succeed());

        await AdvanceThroughPausesAsync(1);

        Assert.That((await run).Status, Is.EqualTo(JobStatus.Succeeded));
    }

    [Test]
    public async Task InvokeAsync_FailedResultWithoutACause_IsFinal()
    {
        var result = await InvokeAsync((_, _) =>
        {
            _attempts++;
            return Task.FromResult(JobResult.Failed("no"));
        });

        Assert.That((result.Status, _attempts), Is.EqualTo((JobStatus.Failed, 1)));
    }

    [TestCase(299)]
    [TestCase(300)]
    public async Task InvokeAsync_RetryAfterUpToTheLimit_WaitsAsLongAsAskedAndNoLonger(int seconds)
    {
        var (busy, rule) = Busy(TimeSpan.FromSeconds(seconds));
        var run = InvokeAsync((_, _) => ++_attempts < 2 ? throw busy : Succeed(), rule: rule);

        await _clock.WhenTimersWaitAsync(1);
        _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        var before = _attempts;
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That((await run).Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That((before, _attempts), Is.EqualTo((1, 2)));
    }

    [Test]
    public void InvokeAsync_RetryAfterBeyondTheLimit_FailsWithoutWaiting()
    {
        var (busy, rule) = Busy(TimeSpan.FromSeconds(300.001));

        Assert.That(() => InvokeAsync(Throw(busy), rule: rule), Throws.Exception.SameAs(busy));
        Assert.That((_attempts, _clock.WaitingTimers), Is.EqualTo((1, 0)));
    }

    [Test]
    public void InvokeAsync_RetryAfterBeyondAConfiguredLimit_FailsWithoutWaiting()
    {
        var (busy, rule) = Busy(TimeSpan.FromSeconds(11));

        Assert.That(() => InvokeAsync(Throw(busy), new RetryOptions { MaxRetryAfterSeconds = 10 }, rule), Throws.Exception.SameAs(busy));
        Assert.That((_attempts, _clock.WaitingTimers), Is.EqualTo((1, 0)));
    }

    [Test]
    public void InvokeAsync_RetryAfterCrossesDeadline_FailsWithoutWaiting()
    {
        _context.Deadline = _clock.GetUtcNow().AddSeconds(60);
        var (busy, rule) = Busy(TimeSpan.FromSeconds(60));

        Assert.That(() => InvokeAsync(Throw(busy), rule: rule), Throws.Exception.SameAs(busy));
        Assert.That((_attempts, _clock.WaitingTimers), Is.EqualTo((1, 0)));
    }

    [TestCase(0)]
    [TestCase(-5)]
    public async Task InvokeAsync_RetryAfterNothing_LeavesThePauseToTheBackoff(int seconds)
    {
        var (busy, rule) = Busy(TimeSpan.FromSeconds(seconds));
        var run = InvokeAsync((_, _) => ++_attempts < 2 ? throw busy : Succeed(), rule: rule);

        await _clock.WhenTimersWaitAsync(1);
        var before = _attempts;
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.That((await run).Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That((before, _attempts), Is.EqualTo((1, 2)));
    }

    [Test]
    public void InvokeAsync_DelayCrossesDeadline_RethrowsWithoutWaiting()
    {
        _context.Deadline = _clock.GetUtcNow().AddMilliseconds(1);

        Assert.That(() => InvokeAsync(Throw(new TimeoutException("slow"))), Throws.TypeOf<TimeoutException>().With.Message.EqualTo("slow"));
        Assert.That((_attempts, _clock.WaitingTimers), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task InvokeAsync_DelayCrossesDeadlineAfterAFailedResult_KeepsItsText()
    {
        _context.Deadline = _clock.GetUtcNow().AddMilliseconds(1);

        var result = await InvokeAsync((_, _) => Task.FromResult(JobResult.Failed("The endpoint is slow.", new TimeoutException("raw"))));

        Assert.That(result.Summary, Is.EqualTo("The endpoint is slow."));
    }

    [Test]
    public async Task InvokeAsync_CancelledInThePause_KeepsWhatTheAttemptSaw()
    {
        using var source = new CancellationTokenSource();
        var run = InvokeAsync(
            (context, _) =>
            {
                context.Counters.Add("seen");
                throw new TimeoutException("slow");
            },
            cancellationToken: source.Token);
        await _clock.WhenTimersWaitAsync(1);

        await source.CancelAsync();

        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_context.Attempt, Is.EqualTo(1));
        Assert.That(_context.Counters.Snapshot(), Does.ContainKey("seen"));
    }

    [Test]
    public void InvokeAsync_TransientAfterCancellation_IsNotTriedAgain()
    {
        using var source = new CancellationTokenSource();

        Assert.That(
            () => InvokeAsync(
                async (_, _) =>
                {
                    await source.CancelAsync();
                    throw new TimeoutException("slow");
                },
                cancellationToken: source.Token),
            Throws.TypeOf<TimeoutException>());
        Assert.That(_clock.WaitingTimers, Is.Zero);
    }

    [Test]
    public async Task InvokeAsync_SecondAttempt_StartsItsCountsAnewAndKeepsWhatWasChanged()
    {
        var run = InvokeAsync(async (context, token) =>
        {
            context.Counters.Add("seen");
            await context.Changes.TryApplyAsync(TestRun.Change(), _ => Task.CompletedTask, token);
            return ++_attempts < 2 ? throw new TimeoutException("slow") : JobResult.Succeeded("done");
        });

        await AdvanceThroughPausesAsync(1);
        await run;

        Assert.That(_context.Counters.Snapshot()["seen"], Is.EqualTo(1));
        Assert.That(_context.Gate.Summarize().Applied, Is.EqualTo(2));
    }

    [Test]
    public void InvokeAsync_OneAttemptAllowed_NeverTriesAgain()
    {
        Assert.That(() => InvokeAsync(
            Throw(new TimeoutException()), options: new RetryOptions { MaxAttempts = 1 }), Throws.TypeOf<TimeoutException>());
        Assert.That(_attempts, Is.EqualTo(1));
    }

    private static (Exception Busy, IFailureRule Rule) Busy(TimeSpan retryAfter)
    {
        var busy = new IOException("busy");
        return (busy, Mock.Of<IFailureRule>(
            rule => rule.Classify(busy) == new Failure(FailureKind.Transient, "busy", true) { RetryAfter = retryAfter }));
    }

    private static Task<JobResult> Succeed() => Task.FromResult(JobResult.Succeeded("done"));

    private JobBody Throw(Exception exception) => (_, _) =>
    {
        _attempts++;
        throw exception;
    };

    private async Task AdvanceThroughPausesAsync(int count)
    {
        for (var pause = 0; pause < count; pause++)
        {
            await _clock.WhenTimersWaitAsync(1);
            _clock.Advance(TimeSpan.FromSeconds(30));
        }
    }

    private Task<JobResult> InvokeAsync(
        JobBody body, RetryOptions? options = null, IFailureRule? rule = null, CancellationToken cancellationToken = default) =>
        new RetryMiddleware(Options.Create(options ?? new RetryOptions()), new FailureClassifier(rule is null ? [] : [rule]), _clock)
            .InvokeAsync(_context, (context, token) => body(context, token), cancellationToken);
}
