using Dispatcher.Testing;
using Dispatcher.Tests.TestRuns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatcher.Tests;

public sealed class JobContextTests
{
    private static readonly Dictionary<string, string?> ThreeQuickAttempts = new()
    {
        ["Retry:MaxAttempts"] = "3", ["Retry:BaseDelaySeconds"] = "0", ["Retry:MaxDelaySeconds"] = "0",
    };

    [Test]
    public async Task State_ThreeAttempts_IsOneObjectOfTheRun()
    {
        var seen = new List<List<int>>();
        await using var harness = TestRun.Harness(
            (context, _) =>
            {
                var state = context.State(static () => new List<int>());
                state.Add(context.Attempt);
                seen.Add(state);
                return context.IsLastAttempt ? Task.FromResult(JobResult.Succeeded("done")) : throw new TransientJobException("not yet");
            },
            configuration: ThreeQuickAttempts);

        await harness.RunAsync(TestRun.Payload);
        var first = seen[0];
        await harness.RunAsync(TestRun.Payload);

        Assert.That(first, Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(seen.Distinct().Count(), Is.EqualTo(2));
    }

    [TestCase("1", new[] { true })]
    [TestCase("3", new[] { false, false, true })]
    public async Task IsLastAttempt_RetryConfigured_IsTrueForTheLast(string attempts, bool[] expected)
    {
        var seen = new List<bool>();
        await using var harness = TestRun.Harness(
            (context, _) =>
            {
                seen.Add(context.IsLastAttempt);
                throw new TransientJobException("not yet");
            },
            configuration: new(ThreeQuickAttempts) { ["Retry:MaxAttempts"] = attempts });

        await harness.RunAsync(TestRun.Payload);

        Assert.That(seen, Is.EqualTo(expected));
    }

    [Test]
    public async Task Progress_HostListens_GetsTheReports()
    {
        await using var harness = TestRun.Harness(static (context, _) =>
        {
            context.Progress.Report(new JobProgress("objects", 3, 10));
            return Task.FromResult(JobResult.Succeeded("done"));
        });

        await harness.RunAsync(TestRun.Payload);

        Assert.That(harness.Progress.Reports, Is.EqualTo(new[] { new JobProgress("objects", 3, 10) }));
    }

    [Test]
    public async Task Progress_HostDoesNotListen_IsIgnored()
    {
        await using var harness = TestRun.Harness(
            static (context, _) =>
            {
                context.Progress.Report(new JobProgress("objects", 3, 10));
                return Task.FromResult(JobResult.Succeeded("done"));
            },
            services: static services => services.RemoveAll<IProgress<JobProgress>>().AddMaintenanceDispatcher());

        Assert.That((await harness.RunAsync(TestRun.Payload)).Status, Is.EqualTo(JobStatus.Succeeded));
    }

    [Test]
    public void Classify_AnyException_IsWhatTheClassifierSays()
    {
        var run = TestRun.Run();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Classify(new TransientJobException("busy")).Kind, Is.EqualTo(FailureKind.Transient));
            Assert.That(run.EndsRun(new PermanentJobException("gone"), default), Is.True);
            Assert.That(run.EndsRun(new TransientJobException("busy"), default), Is.False);
        }
    }

    [Test]
    public void IsLastAttempt_WithoutRetry_IsTrue() => Assert.That(TestRun.Run().IsLastAttempt, Is.True);

    [Test]
    public void IsLastAttempt_DeadlineReached_IsTrue()
    {
        var clock = new TestClock();
        var context = TestRun.Run(deadline: clock.GetUtcNow().AddSeconds(1), timeProvider: clock);
        context.MaxAttempts = 3;

        var before = context.IsLastAttempt;
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That((before, context.IsLastAttempt), Is.EqualTo((false, true)));
    }
}
