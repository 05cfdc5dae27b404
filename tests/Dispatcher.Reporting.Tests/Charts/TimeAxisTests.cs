using Dispatcher.Reporting.Charts;
using Dispatcher.Reporting.Figures;

namespace Dispatcher.Reporting.Tests.Charts;

public sealed class TimeAxisTests
{
    [TestCase(0.2, "UTC")]
    [TestCase(1, "UTC")]
    [TestCase(2, "Asia/Kolkata")]
    [TestCase(4, "UTC")]
    [TestCase(30, "Europe/Berlin")]
    [TestCase(90, "UTC")]
    [TestCase(400, "UTC")]
    [TestCase(3000, "UTC")]
    public void Labels_PeriodOfAnyLength_AreFewAndApart(double days, string zone)
    {
        var axis = new TimeAxis(Timeline.Create(SampleRun.Now.AddDays(-days), SampleRun.Now, TimeZoneInfo.FindSystemTimeZoneById(zone)), 0);
        var labels = axis.Labels().ToList();

        Assert.That(labels, Has.Count.InRange(2, 7));
        Assert.That(labels.Select(label => label.Label), Is.All.Not.Empty);
        Assert.That(labels.Select(label => label.Place), Is.Unique.And.Ordered.And.All.InRange(0, 100));
    }

    [Test]
    public void Labels_Days_AreMondays()
    {
        var axis = new TimeAxis(Timeline.Create(SampleRun.Now.AddDays(-30), SampleRun.Now, TimeZoneInfo.Utc), 0);

        Assert.That(axis.Labels().Select(label => label.Label), Is.EqualTo(["26 Oct", "2 Nov", "9 Nov", "16 Nov"]));
    }
}
