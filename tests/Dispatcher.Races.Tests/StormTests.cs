using Dispatcher.Races.Tests.World;
using Dispatcher.Testing;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Races.Tests;

/// <summary>S3 takes 20 ms for each request, and refuses whatever goes beyond a few at once.</summary>
[Parallelizable]
internal sealed class StormTests
{
    private const int UploadsOfEachKind = 20;
    private const int AtOnce = 3;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    [Test]
    public async Task Run_S3TakesThreeRequestsAtOnce_SucceedsWithFewRefusals([Range(1, 3)] int seed)
    {
        var clock = new TestClock(CleanupWorld.Beginning);
        var world = new CleanupWorld(seed, clock);
        foreach (var kind in Enum.GetValues<UploadKind>())
        {
            for (var index = 0; index < UploadsOfEachKind; index++)
            {
                world.Add(kind);
            }
        }

        var (running, refused) = (0, 0);
        world.Aws.BeforeCall = async call =>
        {
            if (!call.Operation.StartsWith("s3:", StringComparison.Ordinal))
            {
                return FakeFault.None;
            }

            var isTooMany = Interlocked.Increment(ref running) > AtOnce;
            if (isTooMany)
            {
                Interlocked.Increment(ref refused);
            }
            else
            {
                await Task.Delay(Latency, clock);
            }

            Interlocked.Decrement(ref running);
            return isTooMany ? FakeFault.Throttled : FakeFault.None;
        };
        await using var runner = new CleanupRunner(world);

        var run = runner.RunAsync(CleanupParameters.For(CleanupMode.Delete).Replace(
            "\"concurrency\":1", "\"concurrency\":16", StringComparison.Ordinal));
        for (var turn = 0; !run.IsCompleted; turn++)
        {
            if (turn % 100 == 0 && clock.WaitingTimers > 0)
            {
                clock.Advance(TimeSpan.FromMilliseconds(5));
            }

            await Task.Yield();
        }

        var record = (await run)!;
        await TestContext.Out.WriteLineAsync(
            $"Seed {seed}: {world.Aws.Calls} requests, {refused} refused, {record.ItemErrorCount} item errors, {record.Status}, "
            + $"{(clock.GetUtcNow() - CleanupWorld.Beginning).TotalSeconds:0.0} s");
        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(record.Errors, Is.Empty);

        // With 16 requests at once throughout, a third of all are refused.
        Assert.That(refused * 100 / world.Aws.Calls, Is.LessThan(15));
    }
}
