using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using static Dispatcher.Aws.Tests.ScriptedHttp;

namespace Dispatcher.Aws.Tests;

public sealed class AdaptiveConcurrencyTests
{
    [Test]
    public async Task RunAsync_BeyondTheCeiling_WaitsForRoomInOrder()
    {
        var concurrency = new AdaptiveConcurrency(2);
        TaskCompletionSource<int>[] calls = [new(), new(), new(), new()];
        var started = new List<int>();

        var running = calls.Select((call, index) => concurrency.RunAsync(
            () =>
            {
                started.Add(index);
                return call.Task;
            },
            default)).ToList();
        Assert.That(started, Is.EqualTo(new[] { 0, 1 }));

        calls[1].SetResult(1);
        await running[1];
        await WhenAsync(() => started.Count == 3);

        Assert.That(started, Is.EqualTo(new[] { 0, 1, 2 }));
        calls[0].SetResult(0);
        calls[2].SetResult(2);
        calls[3].SetResult(3);
        await Task.WhenAll(running);
    }

    [Test]
    public async Task RunAsync_EveryCallOfABurstIsThrottled_HalvesOnce()
    {
        var concurrency = new AdaptiveConcurrency(16);

        await ThrottleTogetherAsync(concurrency, 16);

        Assert.That(concurrency.Limit, Is.EqualTo(8));
    }

    [Test]
    public async Task RunAsync_RepetitionsAreThrottledToo_HalvesForEachUntilOne()
    {
        var concurrency = new AdaptiveConcurrency(16);
        var limits = new List<int>();

        await concurrency.RunAsync(
            () =>
            {
                for (var attempt = 0; attempt < 6; attempt++)
                {
                    AdaptiveConcurrency.NoteThrottling();
                    limits.Add(concurrency.Limit);
                }

                return Task.FromResult(0);
            },
            default);

        Assert.That(limits, Is.EqualTo(new[] { 8, 4, 2, 1, 1, 1 }));
    }

    [Test]
    public async Task RunAsync_CallsSucceed_GrowsByOneForAsManyAsItAllows()
    {
        var concurrency = new AdaptiveConcurrency(4);
        concurrency.ReportThrottling();
        concurrency.ReportThrottling();
        Assert.That(concurrency.Limit, Is.EqualTo(1));

        var limits = new List<int>();
        for (var call = 0; call < 12; call++)
        {
            await concurrency.RunAsync(static () => Task.FromResult(0), default);
            limits.Add(concurrency.Limit);
        }

        Assert.That(limits, Is.EqualTo(new[] { 2, 2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4 }));
    }

    [Test]
    public async Task RunAsync_CancelledWhileItWaits_LeavesNoGap()
    {
        var concurrency = new AdaptiveConcurrency(1);
        using var stop = new CancellationTokenSource();
        var first = new TaskCompletionSource<int>();
        var running = concurrency.RunAsync(() => first.Task, default);
        var waiting = concurrency.RunAsync(static () => Task.FromResult(1), stop.Token);
        var last = concurrency.RunAsync(static () => Task.FromResult(2), default);

        await stop.CancelAsync();
        Assert.That(() => waiting, Throws.InstanceOf<OperationCanceledException>());
        first.SetResult(0);

        Assert.That(await running, Is.Zero);
        Assert.That(await last, Is.EqualTo(2));
    }

    [Test]
    public void RunAsync_CallFails_LeavesRoom()
    {
        var concurrency = new AdaptiveConcurrency(1);

        Assert.That(() => concurrency.RunAsync<int>(static () => throw new IOException("no"), default), Throws.TypeOf<IOException>());
        Assert.That(() => concurrency.RunAsync(static () => Task.FromResult(1), default), Is.EqualTo(1));
    }

    [Test]
    public void Constructor_CeilingOfZero_IsRefused() =>
        Assert.That(() => new AdaptiveConcurrency(0), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public async Task RunAsync_SdkRepeatsAThrottledAttempt_LowersTheLimitAlthoughTheCallSucceeds()
    {
        var http = new ScriptedHttp(
            Error(HttpStatusCode.ServiceUnavailable, "SlowDown"),
            Error(HttpStatusCode.ServiceUnavailable, "SlowDown"),
            Answer(HttpStatusCode.NoContent));
        using var client = AwsClientGuard.Protect(new AmazonS3Client(new AnonymousAWSCredentials(), new AmazonS3Config
        {
            ServiceURL = "http://s3-adaptive.test", AuthenticationRegion = "us-east-1", HttpClientFactory = http,
        }));
        var concurrency = new AdaptiveConcurrency(16);

        await concurrency.RunAsync(() => client.DeleteObjectAsync("bucket", "key"), default);

        Assert.That(http.Sent, Is.EqualTo(3));
        Assert.That(concurrency.Limit, Is.EqualTo(4));
    }

    [Test]
    public async Task RunAsync_RandomThrottling_NeverExceedsTheCeilingNorStalls([Range(1, 50)] int seed)
    {
        var random = new Random(seed);
        var most = random.Next(1, 20);
        bool[] throttled = [.. Enumerable.Range(0, random.Next(0, 200)).Select(_ => random.Next(3) == 0)];
        var concurrency = new AdaptiveConcurrency(most);
        var (running, peak) = (0, 0);

        await Task.WhenAll(throttled.Select(isThrottled => Task.Run(() => concurrency.RunAsync(
            async () =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref peak, now);
                await Task.Yield();
                if (isThrottled)
                {
                    AdaptiveConcurrency.NoteThrottling();
                }

                Interlocked.Decrement(ref running);
                return 0;
            },
            default))));

        Assert.That(peak, Is.LessThanOrEqualTo(most));
        Assert.That(concurrency.Limit, Is.InRange(1, most));
    }

    private static async Task ThrottleTogetherAsync(AdaptiveConcurrency concurrency, int count)
    {
        var all = new TaskCompletionSource();
        var running = 0;
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => concurrency.RunAsync(
            async () =>
            {
                if (Interlocked.Increment(ref running) == count)
                {
                    all.SetResult();
                }

                await all.Task;
                AdaptiveConcurrency.NoteThrottling();
                return 0;
            },
            default)));
    }

    private static async Task WhenAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
