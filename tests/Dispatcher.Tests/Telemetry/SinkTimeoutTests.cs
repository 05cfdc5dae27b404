using Dispatcher.Middleware;
using Dispatcher.Testing;

namespace Dispatcher.Tests.Telemetry;

public sealed class SinkTimeoutTests
{
    private readonly TestClock _clock = new();

    [TestCase(null, 5.0, "within 5 s (Telemetry:SinkTimeoutSeconds)")]
    [TestCase(60.0, 5.0, "within 5 s (Telemetry:SinkTimeoutSeconds)")]
    [TestCase(3.0, 2.4, "within 2.4 s (all that was left until the function's timeout")]
    [TestCase(-1.0, 0.1, "within 0.1 s (all that was left")]
    public void Token_TimeIsUp_FiresAtTheEarlierOfOptionAndHostLimit(double? secondsLeft, double expected, string words)
    {
        using var timeout = new SinkTimeout(
            "SinkTimeoutSeconds", 5, secondsLeft is { } left ? _clock.GetUtcNow().AddSeconds(left) : null, _clock);

        var token = timeout.Token;
        _clock.Advance(TimeSpan.FromSeconds(expected - 0.05));
        var before = token.IsCancellationRequested;
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.False);
            Assert.That(timeout.Token.IsCancellationRequested, Is.True);
            Assert.That(timeout.Describe(), Does.Contain(words));
        }
    }
}
