using Dispatcher.Reporting.Figures;

namespace Dispatcher.Reporting.Tests.Figures;

public sealed class DurationSketchTests
{
    [Test]
    public void Percentile_OneDuration_IsThatDuration([Values(0, 1, 7, 1234, 900_000)] long milliseconds)
    {
        var sketch = Of(milliseconds);

        Assert.That(sketch.Percentile(0.5), Is.EqualTo(milliseconds));
        Assert.That(sketch.Percentile(0.95), Is.EqualTo(milliseconds));
    }

    [Test]
    public void Percentile_FewShortDurations_IsTheNearestRank()
    {
        var sketch = Of(40, 10, 30, 20);

        Assert.That(sketch.Percentile(0.25), Is.EqualTo(10));
        Assert.That(sketch.Percentile(0.5), Is.EqualTo(20));
        Assert.That(sketch.Percentile(0.51), Is.EqualTo(30));
        Assert.That(sketch.Percentile(1), Is.EqualTo(40));
    }

    [TestCase(0.5)]
    [TestCase(0.95)]
    [TestCase(0.99)]
    public void Percentile_ManyDurations_IsWithinHalfAPerCentOfTheExactOne(double share)
    {
        var random = new Random(7);
        var all = Enumerable.Range(0, 5000).Select(_ => (long)Math.Exp(random.NextDouble() * 13)).Order().ToArray();
        var exact = all[(int)Math.Ceiling(share * all.Length) - 1];

        // A millisecond more, for the rounding of short ones.
        Assert.That(Of(all).Percentile(share), Is.EqualTo(exact).Within((long)(exact * 0.005) + 1));
    }

    [Test]
    public void Longest_AnyDurations_IsExact() => Assert.That(Of(5, 123_457, 8).Longest, Is.EqualTo(123_457));

    [Test]
    public void Add_BelowZero_CountsAsZero() => Assert.That(Of(-5, -9).Percentile(0.5), Is.Zero);

    [Test]
    public void Percentile_NoDuration_Throws() =>
        Assert.That(() => Of().Percentile(0.5), Throws.InvalidOperationException.With.Message.Contains("Ask for Count"));

    private static DurationSketch Of(params long[] milliseconds)
    {
        var sketch = new DurationSketch();
        milliseconds.ToList().ForEach(sketch.Add);
        return sketch;
    }
}
