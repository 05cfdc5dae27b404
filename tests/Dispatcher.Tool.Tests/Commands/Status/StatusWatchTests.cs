using Dispatcher.Testing;
using Dispatcher.Tool.Commands.Status;
using Spectre.Console;

namespace Dispatcher.Tool.Tests.Commands.Status;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StatusWatchTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly TestTerminal _terminal = new(width: 80);
    private readonly TestClock _clock = new();
    private readonly TaskCompletionSource _quit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _interrupt = new();
    private int _drawings;

    [Test]
    public async Task RunAsync_EachInterval_DrawsAgainUntilAPersonQuits()
    {
        var watching = WatchAsync(Draw);
        await PassAsync(Interval - TimeSpan.FromSeconds(1));
        Assert.That(_drawings, Is.EqualTo(1));
        await PassAsync(TimeSpan.FromSeconds(1));
        await PassAsync(Interval);
        await _clock.WhenTimersWaitAsync(1);
        _quit.SetResult();

        Assert.That(await watching, Is.EqualTo(3), "the exit code of the last drawing");
        Assert.That(_terminal.Out, Is.EqualTo("drawing 1\n\ndrawing 2\n\ndrawing 3\n"));
    }

    [Test]
    public async Task RunAsync_Interrupted_EndsWithTheExitCodeOfTheLastDrawing()
    {
        var watching = WatchAsync(Draw);
        await _clock.WhenTimersWaitAsync(1);
        await _interrupt.CancelAsync();

        Assert.That(await watching, Is.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_InterruptedWhileReading_Ends()
    {
        var watching = WatchAsync(static async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 7;
        });
        await _interrupt.CancelAsync();

        Assert.That(await watching, Is.Zero);
    }

    [Test]
    public void RunAsync_FirstDrawingFails_Fails() => Assert.That(
        () => WatchAsync(static (_, _) => throw new InvalidOperationException("no table")),
        Throws.InvalidOperationException.With.Message.EqualTo("no table"));

    [Test]
    public async Task RunAsync_LaterDrawingFails_SaysSoAndTriesAgain()
    {
        var watching = WatchAsync((console, cancellationToken) => _drawings == 1
            ? throw new InvalidOperationException($"throttled {++_drawings}")
            : Draw(console, cancellationToken));
        await PassAsync(Interval);
        await PassAsync(Interval);
        await _clock.WhenTimersWaitAsync(1);
        _quit.SetResult();

        Assert.That(await watching, Is.EqualTo(3));
        Assert.That(_terminal.Out, Is.EqualTo("drawing 1\n\nerror: throttled 2 Trying again in 10.0 s.\n\ndrawing 3\n"));
    }

    public void Dispose() => _interrupt.Dispose();

    private async Task PassAsync(TimeSpan time)
    {
        await _clock.WhenTimersWaitAsync(1);
        _clock.Advance(time);
    }

    private Task<int> Draw(IAnsiConsole console, CancellationToken cancellationToken)
    {
        console.WriteLine($"drawing {++_drawings}");
        return Task.FromResult(_drawings);
    }

    private Task<int> WatchAsync(Func<IAnsiConsole, CancellationToken, Task<int>> draw) =>
        new StatusWatch(_terminal.Terminal, Interval, _clock, token => _quit.Task.WaitAsync(token)).RunAsync(draw, _interrupt.Token);
}
