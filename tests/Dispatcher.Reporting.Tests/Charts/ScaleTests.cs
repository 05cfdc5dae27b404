using Dispatcher.Reporting.Charts;

namespace Dispatcher.Reporting.Tests.Charts;

public sealed class ScaleTests
{
    [TestCase(0, 1)]
    [TestCase(1, 1)]
    [TestCase(3, 3)]
    [TestCase(7, 8)]
    [TestCase(11, 15)]
    [TestCase(24, 30)]
    [TestCase(1440, 1500)]
    [TestCase(100_001, 150_000)]
    public void OfCounts_Largest_EndsAtAWholeRoundNumber(double largest, double top) =>
        Assert.That(Scale.OfCounts(largest).Top, Is.EqualTo(top));

    [TestCase(0, 10)]
    [TestCase(580, 600)]
    [TestCase(61_000, 120_000)]
    [TestCase(864_000_001, 950_400_000)]
    public void OfDurations_Largest_EndsAtARoundDuration(double largest, double top) =>
        Assert.That(Scale.OfDurations(largest).Top, Is.EqualTo(top));

    [Test]
    public void Y_Values_RunFromTheBottomToTheTop()
    {
        var scale = Scale.OfCounts(10);

        Assert.That((scale.Y(0), scale.Y(5), scale.Y(10), scale.Y(11)), Is.EqualTo((100.0, 50.0, 0.0, 0.0)));
    }

    [Test]
    public void Word_HalfAThing_IsNotWritten() => Assert.That(Scale.OfCounts(1).Format(0.5), Is.Empty);
}
