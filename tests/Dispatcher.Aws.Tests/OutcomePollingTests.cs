using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Aws.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OutcomePollingTests
{
    private readonly TestClock _clock = new();
    private readonly List<(int Number, TimeSpan At)> _looks = [];

    [TestCase(1, 0)]
    [TestCase(3, 20)]
    public async Task WaitAsync_OutcomeAtALook_IsTheResult(int known, int seconds)
    {
        var record = await RunAsync(number => number == known ? JobResult.Succeeded("It is done.") : null);

        Assert.That((record.Status, record.Summary), Is.EqualTo((JobStatus.Succeeded, "It is done.")));
        Assert.That(_looks[^1], Is.EqualTo((known, TimeSpan.FromSeconds(seconds))));
        Assert.That(_looks.Select(static look => look.Number), Is.EqualTo(Enumerable.Range(1, known)));
    }

    [Test]
    public async Task WaitAsync_Deadline_ContinuesWithTheWorkThatGoesOn()
    {
        var record = await RunAsync(static _ => null, deadline: TimeSpan.FromMinutes(5));

        Assert.That(record.Status, Is.EqualTo(JobStatus.Continued));
        Assert.That(record.Summary, Does.StartWith("The work goes on."));
        Assert.That(_looks, Has.Count.GreaterThan(1).And.Count.LessThanOrEqualTo(31));
    }

    [Test]
    public async Task WaitAsync_LookFails_IsNotHidden()
    {
        var record = await RunAsync(static _ => throw new PermanentJobException("It is gone."));

        Assert.That((record.Status, record.Summary), Is.EqualTo((JobStatus.Failed, "It is gone.")));
    }

    [Test]
    public async Task WaitAsync_CancelledBeforeTheDeadline_IsNotAContinuation()
    {
        using var cancellation = new CancellationTokenSource();

        var record = await RunAsync(
            _ =>
            {
                cancellation.Cancel();
                return null;
            },
            cancellation: cancellation.Token);

        Assert.That(record.Status, Is.Not.EqualTo(JobStatus.Continued).And.Not.EqualTo(JobStatus.Succeeded));
        Assert.That(_looks, Has.Count.EqualTo(1));
    }

    private async Task<RunRecord> RunAsync(
        Func<int, JobResult?> look, TimeSpan? deadline = null, CancellationToken cancellation = default)
    {
        var start = _clock.GetUtcNow();
        await using var harness = new JobHarness(
            builder =>
            {
                builder.Services.AddSingleton<Func<int, JobResult?>>(number =>
                {
                    _looks.Add((number, _clock.GetUtcNow() - start));
                    return look(number);
                });
                builder.AddJob<WaitingJob>("wait");
            },
            timeProvider: _clock);
        var run = harness.RunAsync("""{"job":"wait"}""", deadline is { } time ? start + time : null, cancellation);

        // Beside the pause, a deadline has two timers.
        while (await Task.WhenAny(run, _clock.WhenTimersWaitAsync(deadline is null ? 1 : 3)) != run)
        {
            _clock.Advance(OutcomePolling.Pause);
        }

        return await run;
    }

    private sealed class WaitingJob(TimeProvider timeProvider, Func<int, JobResult?> look) : IMaintenanceJob
    {
        public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) =>
            new OutcomePolling(timeProvider, context).WaitAsync(
                (number, _) => Task.FromResult(look(number)), static () => "The work goes on.", cancellationToken);
    }
}
