using Dispatcher.Hosting;
using Dispatcher.Testing;

namespace Dispatcher.Tests.Failures;

/// <summary>The time until the first answer of a system.</summary>
public sealed class FirstAnswerLimitTests
{
    private readonly TestClock _clock = new();

    [Test]
    public void GetRemaining_TimePasses_CountsDownPerSystem()
    {
        var limit = Create();

        var first = limit.GetRemaining("s3");
        _clock.Advance(TimeSpan.FromSeconds(4));

        Assert.That(first, Is.EqualTo(TimeSpan.FromSeconds(10)));
        Assert.That(limit.GetRemaining("s3"), Is.EqualTo(TimeSpan.FromSeconds(6)));
        Assert.That(limit.GetRemaining("sqs"), Is.EqualTo(TimeSpan.FromSeconds(10)), "begins with its own first call");
        _clock.Advance(TimeSpan.FromSeconds(7));
        Assert.That(limit.GetRemaining("s3"), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void NoteAnswer_SystemHasAnswered_IsNotLimitedAnyMore()
    {
        var limit = Create();
        limit.GetRemaining("s3");

        limit.NoteAnswer("s3");
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.That((limit.GetRemaining("s3"), limit.IsSpent("s3")), Is.EqualTo(((TimeSpan?)null, false)));
    }

    [TestCase(8.0, false)]
    [TestCase(8.001, true)]
    [TestCase(20.0, true)]
    public void IsSpent_LessThanTwoSecondsRemain_IsTrue(double seconds, bool expected)
    {
        var limit = Create();
        limit.GetRemaining("s3");

        _clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.That(limit.IsSpent("s3"), Is.EqualTo(expected));
    }

    private FirstAnswerLimit Create() => new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), _clock);
}
