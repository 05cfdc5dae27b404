using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Dispatcher.Testing;

namespace Dispatcher.Aws.Tests;

public sealed class ThrottlingPatienceTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(60);

    private TestClock _time = null!;
    private CancellationTokenSource _deadline = null!;
    private int _calls;

    [SetUp]
    public void SetUp()
    {
        _time = new TestClock();
        _deadline = new CancellationTokenSource();
        _calls = 0;
    }

    [TearDown]
    public void TearDown() => _deadline.Dispose();

    [Test]
    public async Task RunAsync_ServiceIsBusyForThreeSeconds_Succeeds()
    {
        var end = _time.GetUtcNow().AddSeconds(3);

        var answer = await DriveAsync(Patience().RunAsync(() => CallAsync(() => _time.GetUtcNow() < end), Budget, CancellationToken.None));

        Assert.That(answer, Is.EqualTo("done"));
    }

    [Test]
    public async Task RunAsync_ServiceIsBusyForGood_FailsWhenTheBudgetIsSpent()
    {
        var begin = _time.GetUtcNow();

        await Assert.ThatAsync(
            () => DriveAsync(Patience().RunAsync(() => CallAsync(static () => true), Budget, CancellationToken.None)),
            Throws.InstanceOf<AmazonS3Exception>());

        Assert.That(_time.GetUtcNow() - begin, Is.GreaterThanOrEqualTo(Budget).And.LessThan(Budget + TimeSpan.FromSeconds(10)));
        Assert.That(_calls, Is.LessThan(40));
    }

    [Test]
    public async Task RunAsync_BudgetIsSpentByAnotherCall_FailsAtOnce()
    {
        var patience = Patience();
        await Assert.ThatAsync(
            () =>
                DriveAsync(
                    patience.RunAsync(
                        () => CallAsync(static () => true), Budget, CancellationToken.None)), Throws.InstanceOf<AmazonS3Exception>());
        _calls = 0;

        await Assert.ThatAsync(
            () =>
                patience.RunAsync(
                    () => CallAsync(static () => true), Budget, CancellationToken.None), Throws.InstanceOf<AmazonS3Exception>());

        Assert.That(_calls, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_DeadlineComesWhileItWaits_FailsWithTheServicesAnswer()
    {
        var run = Patience().RunAsync(() => CallAsync(static () => true), Budget, CancellationToken.None);

        await _deadline.CancelAsync();

        await Assert.ThatAsync(() => run, Throws.InstanceOf<AmazonS3Exception>());
    }

    [Test]
    public async Task RunAsync_AnotherError_IsNotRepeated()
    {
        await Assert.ThatAsync(
            () => Patience().RunAsync<string>(
                () =>
                {
                    _calls++;
                    throw new AmazonS3Exception("no", ErrorType.Sender, "AccessDenied", "R1", HttpStatusCode.Forbidden);
                },
                Budget,
                CancellationToken.None),
            Throws.InstanceOf<AmazonS3Exception>());

        Assert.That(_calls, Is.EqualTo(1));
    }

    private ThrottlingPatience Patience() => new(_time, _deadline.Token);

    private Task<string> CallAsync(Func<bool> isBusy)
    {
        _calls++;
        return isBusy()
            ? throw new AmazonS3Exception(
                "Please reduce your request rate.", ErrorType.Sender, "SlowDown", "R1", HttpStatusCode.ServiceUnavailable)
            : Task.FromResult("done");
    }

    private async Task<T> DriveAsync<T>(Task<T> run)
    {
        while (!run.IsCompleted)
        {
            if (_time.WaitingTimers > 0)
            {
                _time.Advance(TimeSpan.FromMilliseconds(100));
            }

            await Task.Yield();
        }

        return await run;
    }
}
