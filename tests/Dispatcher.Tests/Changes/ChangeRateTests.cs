using Dispatcher.Changes;
using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;

namespace Dispatcher.Tests.Changes;

public sealed class ChangeRateTests
{
    private readonly TestClock _clock = new();
    private int _notes;

    [Test]
    public async Task WaitAsync_OneSecondsWorth_DoesNotWait()
    {
        var rate = Rate(10);

        await rate.WaitAsync(4, default);
        await rate.WaitAsync(6, default);

        Assert.That(_notes, Is.Zero);
    }

    [Test]
    public async Task WaitAsync_Beyond_WaitsAndNotesItOnce()
    {
        var rate = Rate(10);
        await rate.WaitAsync(10, default);
        var waiting = rate.WaitAsync(5, default).AsTask();
        var next = rate.WaitAsync(1, default).AsTask();

        _clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.That(waiting.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await waiting;
        Assert.That(next.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        await next;

        Assert.That(_notes, Is.EqualTo(1));
    }

    [Test]
    public async Task WaitAsync_BatchOfManySeconds_IsWaitedForAsAWhole()
    {
        var waiting = Rate(10).WaitAsync(100, default).AsTask();

        _clock.Advance(TimeSpan.FromSeconds(8.999));
        Assert.That(waiting.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromSeconds(0.001));

        await waiting;
    }

    [Test]
    public async Task WaitAsync_AfterAPause_HasOneSecondsWorthAndNoMore()
    {
        var rate = Rate(10);
        await rate.WaitAsync(10, default);
        _clock.Advance(TimeSpan.FromHours(1));

        await rate.WaitAsync(10, default);
        Assert.That(rate.WaitAsync(1, default).AsTask().IsCompleted, Is.False);
    }

    [Test]
    public async Task WaitAsync_Cancelled_Throws()
    {
        using var stop = new CancellationTokenSource();
        var waiting = Rate(1).WaitAsync(2, stop.Token).AsTask();

        await stop.CancelAsync();

        Assert.That(() => waiting, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task WaitAsync_WithoutTokenAndTheRunStops_WaitsNoLonger()
    {
        using var stop = new CancellationTokenSource();
        var rate = Rate(1);
        rate.Stopping = stop.Token;
        var waiting = rate.WaitAsync(2, CancellationToken.None).AsTask();
        Assert.That(waiting.IsCompleted, Is.False);

        await stop.CancelAsync();

        await waiting;
        await rate.WaitAsync(1_000, CancellationToken.None);
    }

    [Test]
    public async Task TryApplyAsync_StoppedWhileItWaits_IsSkippedAndFreesItsPlace()
    {
        using var stop = new CancellationTokenSource();
        var gate = TestRun.Gate(new ChangeLimits { MaxChanges = 2 }, rate: Rate(1));
        await ApplyAsync(gate, CancellationToken.None);
        var waiting = ApplyAsync(gate, stop.Token);

        await stop.CancelAsync();

        Assert.That(() => waiting, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => gate.EnsureWithinLimit(1), Throws.Nothing);
        Assert.That(gate.Summarize().Failed, Is.Zero);
    }

    [Test]
    public async Task TryApplyAsync_RunEndsWhileItWaits_IsNotMade()
    {
        var gate = TestRun.Gate(ChangeLimits.None, rate: Rate(1));
        await ApplyAsync(gate, default);
        var waiting = ApplyAsync(gate, default);

        gate.Close();
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(() => waiting, Throws.TypeOf<PermanentJobException>());
        Assert.That(gate.Summarize().Applied, Is.EqualTo(1));
    }

    [Property(MaxTest = 100)]
    public async Task WaitAsync_RandomBatchesAtOnce_NeverExceedTheRate(byte perSecond, byte[] batches)
    {
        var limit = perSecond + 1L;
        var clock = new TestClock();
        var rate = new ChangeRate(limit, clock, static () => { });
        var start = clock.GetUtcNow();
        long made = 0;
        var tooMany = new List<string>();
        var running = batches.Select(async batch =>
        {
            await rate.WaitAsync(batch, default);
            lock (tooMany)
            {
                made += batch;
                var allowed = limit * ((clock.GetUtcNow() - start).TotalSeconds + 1);
                if (made > Math.Ceiling(allowed))
                {
                    tooMany.Add($"{made} of {allowed}");
                }
            }
        }).ToList();

        var all = Task.WhenAll(running);
        for (var step = 0; !all.IsCompleted; step++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(37));
            await Task.Yield();
            Assert.That(step, Is.LessThan(1_000_000));
        }

        await all;
        Assert.That(tooMany, Is.Empty);
        Assert.That(made, Is.EqualTo(batches.Sum(static batch => batch)));
    }

    private static Task<ChangeOutcome> ApplyAsync(ChangeGate gate, CancellationToken cancellationToken) =>
        gate.TryApplyAsync(TestRun.Change(), _ => Task.CompletedTask, cancellationToken);

    private ChangeRate Rate(long perSecond) => new(perSecond, _clock, () => _notes++);
}
