using Dispatcher.Middleware;
using Dispatcher.Tests.TestRuns;

namespace Dispatcher.Tests.DryRun;

public sealed class DryRunMiddlewareTests
{
    private readonly DryRunMiddleware _middleware = new();

    [Test]
    public async Task InvokeAsync_RealRun_HasNoGuard()
    {
        await _middleware.InvokeAsync(TestRun.Run(), (_, _) => Seen(DryRunGuard.Current), default);

        Assert.That(DryRunGuard.Current, Is.Null);

        static Task<JobResult> Seen(DryRunGuard? guard)
        {
            Assert.That(guard, Is.Null);
            return Task.FromResult(JobResult.Succeeded("done"));
        }
    }

    [Test]
    public async Task InvokeAsync_DryRun_GuardsEverythingTheJobStarts()
    {
        var result = await _middleware.InvokeAsync(
            TestRun.Run(dryRun: true),
            async (_, token) =>
            {
                var elsewhere = await Task.Run(() => DryRunGuard.Current, token);
                Assert.That(elsewhere, Is.Not.Null.And.SameAs(DryRunGuard.Current));
                return JobResult.Succeeded("planned");
            },
            default);

        Assert.That(result.Status, Is.EqualTo(JobStatus.Succeeded));
        Assert.That(DryRunGuard.Current, Is.Null, "the guard outlives its run");
    }

    [Test]
    public async Task InvokeAsync_JobSwallowsTheRefusal_FailsTheRunByName()
    {
        var result = await _middleware.InvokeAsync(
            TestRun.Run(dryRun: true),
            (_, _) =>
            {
                _ = DryRunGuard.Current!.Refuse("S3 DeleteObject");
                return Task.FromResult(JobResult.Succeeded("all fine"));
            },
            default);

        Assert.That(result.Status, Is.EqualTo(JobStatus.Failed));
        Assert.That(result.Summary, Does.StartWith("A dry run called S3 DeleteObject outside of the change gate; the call was refused."));
    }

    [Test]
    public async Task InvokeAsync_JobThrowsSomethingElseAfterTheRefusal_FailsTheRunByName()
    {
        var result = await _middleware.InvokeAsync(
            TestRun.Run(dryRun: true),
            (_, _) => throw new TimeoutException("wrapped", DryRunGuard.Current!.Refuse("S3 DeleteObject")),
            default);

        Assert.That(result.Summary, Does.Contain("S3 DeleteObject"));
    }

    [Test]
    public async Task InvokeAsync_ParallelRuns_DoNotSeeEachOthersGuard()
    {
        var barrier = new Barrier(2);
        var (refusing, peaceful) = (TestRun.Run(dryRun: true), TestRun.Run(dryRun: true));

        var results = await Task.WhenAll(
            Task.Run(() => _middleware.InvokeAsync(refusing, BodyAsync, default)), Task.Run(() =>
                _middleware.InvokeAsync(peaceful, BodyAsync, default)));

        Assert.That(results.Select(result => result.Status), Is.EqualTo(new[] { JobStatus.Failed, JobStatus.Succeeded }));

        async Task<JobResult> BodyAsync(JobContext context, CancellationToken cancellationToken)
        {
            await Task.Run(() => barrier.SignalAndWait(cancellationToken), cancellationToken);
            _ = context == refusing ? DryRunGuard.Current!.Refuse("S3 PutObject") : null;
            await Task.Run(() => barrier.SignalAndWait(cancellationToken), cancellationToken);
            return JobResult.Succeeded("done");
        }
    }

    [Test]
    public void Refuse_SeveralTimes_KeepsTheFirst()
    {
        var guard = DryRunGuard.Begin();

        var first = guard.Refuse("one");
        _ = guard.Refuse("two");

        Assert.That(guard.Violation, Is.SameAs(first));
        Assert.That(first.Operation, Is.EqualTo("one"));
    }
}
