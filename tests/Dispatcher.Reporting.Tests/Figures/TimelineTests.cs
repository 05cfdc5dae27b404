using Dispatcher.Reporting.Figures;

namespace Dispatcher.Reporting.Tests.Figures;

public sealed class TimelineTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 6, 30, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [TestCase(0.5, nameof(TimelineUnit.Hour), 13)]
    [TestCase(2, nameof(TimelineUnit.Hour), 49)]
    [TestCase(2.01, nameof(TimelineUnit.Day), 4)]
    [TestCase(30, nameof(TimelineUnit.Day), 31)]
    [TestCase(90, nameof(TimelineUnit.Day), 91)]
    [TestCase(90.01, nameof(TimelineUnit.Week), 13)]
    [TestCase(365, nameof(TimelineUnit.Week), 53)]
    public void Create_PeriodOfAnyLength_TakesTheFittingUnit(double days, string unit, int steps)
    {
        var timeline = Timeline.Create(Now.AddDays(-days), Now, TimeZoneInfo.Utc);

        Assert.That(timeline.Unit.ToString(), Is.EqualTo(unit));
        Assert.That(timeline.Count, Is.EqualTo(steps).Within(1));
        Assert.That(timeline.StartOf(0), Is.LessThanOrEqualTo(Now.AddDays(-days)));
        Assert.That(timeline.StartOf(timeline.Count - 1), Is.LessThan(Now));
    }

    [Test]
    public void Create_PeriodThatEndsAtMidnight_HasNoEmptyDayAfterIt()
    {
        var midnight = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

        Assert.That(Timeline.Create(midnight.AddDays(-7), midnight, TimeZoneInfo.Utc).Count, Is.EqualTo(7));
    }

    [TestCase("2026-03-29", 23, "Europe/Berlin")]
    [TestCase("2026-10-25", 25, "Europe/Berlin")]
    [TestCase("2026-10-26", 24, "Europe/Berlin")]
    [TestCase("2026-03-29", 23, "Europe/Dublin")]
    [TestCase("2026-10-25", 25, "Europe/Dublin")]
    public void Create_DayOnWhichClocksAreChanged_LastsFromMidnightToMidnight(string date, int hours, string zone)
    {
        var timeline = Timeline.Create(
            Parse($"{date}T12:00:00Z").AddDays(-10), Parse($"{date}T12:00:00Z").AddDays(10), TimeZoneInfo.FindSystemTimeZoneById(zone));
        var day = timeline.IndexOf(Parse($"{date}T12:00:00Z"));

        Assert.That(timeline.StartOf(day).ToString("yyyy-MM-dd HH:mm"), Is.EqualTo($"{date} 00:00"));
        Assert.That((timeline.StartOf(day + 1) - timeline.StartOf(day)).TotalHours, Is.EqualTo(hours));
    }

    [Test]
    public void Create_HoursInWhichClocksAreSetBack_AreToldApart()
    {
        var timeline = Timeline.Create(Parse("2026-10-25T00:00:00Z"), Parse("2026-10-25T03:00:00Z"), Berlin);

        Assert.That(
            Enumerable.Range(0, timeline.Count).Select(timeline.Name),
            Is.EqualTo(["Sun 25 Oct 2026, 02:00 (+02:00)", "Sun 25 Oct 2026, 02:00 (+01:00)", "Sun 25 Oct 2026, 03:00"]));
    }

    [Test]
    public void Create_HoursInWhichSummerTimeEndsInDublin_AreToldApart()
    {
        // Dublin's law calls the summer's time standard, and the winter's "daylight saving" an hour less.
        var timeline = Timeline.Create(
            Parse("2026-10-25T00:00:00Z"), Parse("2026-10-25T03:00:00Z"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Dublin"));

        Assert.That(
            Enumerable.Range(0, timeline.Count).Select(timeline.Name),
            Is.EqualTo(["Sun 25 Oct 2026, 01:00 (+01:00)", "Sun 25 Oct 2026, 01:00 (+00:00)", "Sun 25 Oct 2026, 02:00"]));
    }

    [TestCase("America/Havana", "2026-11-01", "00:00:00")]
    [TestCase("America/Asuncion", "2023-10-01", "01:00:00")]
    [TestCase("America/Sao_Paulo", "2018-02-18", "00:00:00")]
    public void Create_ClocksChangeAtMidnight_TheDayBeginsOnce(string zone, string date, string begin)
    {
        var timeline = Timeline.Create(
            Parse($"{date}T12:00:00Z").AddDays(-10), Parse($"{date}T12:00:00Z").AddDays(10), TimeZoneInfo.FindSystemTimeZoneById(zone));
        var start = timeline.StartOf(timeline.IndexOf(Parse($"{date}T12:00:00Z")));

        Assert.That(start.ToString("yyyy-MM-dd HH:mm:ss"), Is.EqualTo($"{date} {begin}"));
        Assert.That(TimeZoneInfo.ConvertTime(start.AddTicks(-1), timeline.Zone).Date, Is.LessThan(start.Date));
    }

    [Test]
    public void Create_ZoneWithoutMidnightOnADay_BeginsTheDayLater()
    {
        // Clocks in Chile go from 23:59 on Saturday to 01:00 on Sunday.
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Santiago");
        var timeline = Timeline.Create(Parse("2026-09-03T12:00:00Z"), Parse("2026-09-09T12:00:00Z"), zone);
        var day = timeline.IndexOf(Parse("2026-09-06T12:00:00Z"));

        Assert.That(timeline.StartOf(day).ToString("yyyy-MM-dd HH:mm"), Is.EqualTo("2026-09-06 01:00"));
    }

    [Test]
    public void Create_ZoneWithHalfHours_BeginsHoursThere()
    {
        var timeline = Timeline.Create(Now.AddHours(-3), Now, TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"));

        Assert.That(Enumerable.Range(0, timeline.Count).Select(step => timeline.StartOf(step).Minute), Is.All.Zero);
    }

    [Test]
    public void Create_Weeks_BeginOnMondays()
    {
        var timeline = Timeline.Create(Now.AddDays(-200), Now, Berlin);

        Assert.That(Enumerable.Range(0, timeline.Count).Select(step => timeline.StartOf(step).DayOfWeek), Is.All.EqualTo(DayOfWeek.Monday));
    }

    [Test]
    public void IndexOf_EveryMoment_IsTheStepThatItFallsInto()
    {
        var timeline = Timeline.Create(Now.AddDays(-10), Now, TimeZoneInfo.Utc);

        Assert.That(timeline.IndexOf(Parse("2026-11-20T00:00:00Z")), Is.EqualTo(8));
        Assert.That(timeline.IndexOf(Parse("2026-11-19T23:59:59.9999999Z")), Is.EqualTo(7));
        Assert.That(timeline.IndexOf(Now.AddHours(5)), Is.EqualTo(10));
        Assert.That(timeline.IndexOf(Now.AddDays(3)), Is.EqualTo(10));
        Assert.That(timeline.IndexOf(Now.AddDays(-30)), Is.Zero);
    }

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
