namespace Dispatcher.Deployment.Tests.Schedules;

/// <summary>
/// Computes the times of expressions. The first group are the examples of
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html; 2026-11-22 is a Sunday.
/// </summary>
public sealed class CronScheduleTests
{
    private const string Sunday = "2026-11-22T07:00:00Z";

    [TestCase("cron(0 10 * * ? *)", "2026-11-22 10:00", "2026-11-23 10:00")]
    [TestCase("cron(15 12 * * ? *)", "2026-11-22 12:15", "2026-11-23 12:15")]
    [TestCase("cron(0 18 ? * MON-FRI *)", "2026-11-23 18:00", "2026-11-24 18:00")]
    [TestCase("cron(0 8 1 * ? *)", "2026-12-01 08:00", "2027-01-01 08:00")]
    [TestCase("cron(0/15 * * * ? *)", "2026-11-22 07:15", "2026-11-22 07:30")]
    [TestCase("cron(0/10 * ? * MON-FRI *)", "2026-11-23 00:00", "2026-11-23 00:10")]
    [TestCase("cron(0/5 8-17 ? * MON-FRI *)", "2026-11-23 08:00", "2026-11-23 08:05")]
    [TestCase("cron(0/30 20-2 ? * MON-FRI *)", "2026-11-23 00:00", "2026-11-23 00:30")]
    [TestCase("cron(0 6 ? * SAT-SUN *)", "2026-11-28 06:00", "2026-11-29 06:00")]
    [TestCase("cron(15 21-4 ? * TUE-FRI *)", "2026-11-24 00:15", "2026-11-24 01:15")]
    [TestCase("cron(0 0 ? * FRI-MON *)", "2026-11-23 00:00", "2026-11-27 00:00")]
    [TestCase("cron(50-10/5 7 * * ? *)", "2026-11-22 07:05", "2026-11-22 07:10")]
    [TestCase("cron(0 0 28-2/2 * ? *)", "2026-11-28 00:00", "2026-11-30 00:00")]
    [TestCase("cron(0 0 1 NOV-FEB ? *)", "2026-12-01 00:00", "2027-01-01 00:00")]
    [TestCase("cron(0 0 1 JAN/3 ? *)", "2027-01-01 00:00", "2027-04-01 00:00")]
    [TestCase("cron(0 0 1 1 ? 2198-2199)", "2198-01-01 00:00", "2199-01-01 00:00")]
    [TestCase("cron(0 0 31W * ? *)", "2026-12-31 00:00", "2027-01-29 00:00")]
    [TestCase("cron(0/5, 9-18, ?, *, MON-FRI, *)", "2026-11-23 09:00", "2026-11-23 09:05")]
    [TestCase("cron(0-15/1 8-8 ? * 2,3,4,5,6,7 *)", "2026-11-23 08:00", "2026-11-23 08:01")]
    [TestCase("cron(15 10 ? * 6L 2026-2030)", "2026-11-27 10:15", "2026-12-25 10:15")]
    [TestCase("cron(0 0 L * ? *)", "2026-11-30 00:00", "2026-12-31 00:00")]
    [TestCase("cron(0 0 L 2 ? *)", "2027-02-28 00:00", "2028-02-29 00:00")]
    [TestCase("cron(0 0 LW * ? *)", "2026-11-30 00:00", "2026-12-31 00:00")]
    [TestCase("cron(0 0 LW 1 ? *)", "2027-01-29 00:00", "2028-01-31 00:00")]
    [TestCase("cron(0 9 3W * ? *)", "2026-12-03 09:00", "2027-01-04 09:00")]
    [TestCase("cron(0 9 1W 8 ? *)", "2027-08-02 09:00", "2028-08-01 09:00")]
    [TestCase("cron(0 9 ? * 3#2 *)", "2026-12-08 09:00", "2027-01-12 09:00")]
    [TestCase("cron(0 9 ? * FRI#5 *)", "2027-01-29 09:00", "2027-04-30 09:00")]
    [TestCase("cron(0 9 ? * L *)", "2026-11-28 09:00", "2026-12-05 09:00")]
    [TestCase("cron(0 9 ? * 1 *)", "2026-11-22 09:00", "2026-11-29 09:00")]
    [TestCase("cron(0 9 ? * 7 *)", "2026-11-28 09:00", "2026-12-05 09:00")]
    [TestCase("cron(1/10 * * * ? *)", "2026-11-22 07:01", "2026-11-22 07:11")]
    [TestCase("cron(0 0 1 JAN,JUL ? *)", "2027-01-01 00:00", "2027-07-01 00:00")]
    [TestCase("cron(0 0 29 2 ? *)", "2028-02-29 00:00", "2032-02-29 00:00")]
    [TestCase("cron(0 0 1 1 ? 2030/2)", "2030-01-01 00:00", "2032-01-01 00:00")]
    [TestCase("cron(0 12 ? jan-mar mon *)", "2027-01-04 12:00", "2027-01-11 12:00")]
    public void After_ExpressionThatAwsTakes_FiresAsDocumented(string expression, string first, string second) =>
        Assert.That(Expressions.Next(expression, Sunday, 2), Is.EqualTo(new[] { $"{first} +00:00", $"{second} +00:00" }));

    [Test]
    public void After_FromWithinTheMinute_IsLater() =>
        Assert.That(Expressions.Next("cron(5 0 * * ? *)", "2026-11-22T00:05:00Z", 1), Is.EqualTo(new[] { "2026-11-23 00:05 +00:00" }));

    // In 2027 the clocks of Berlin jump on 28 March at 02:00 and fall back on 31 October at 03:00; New York's on 14 March and 7 November at
    // 02:00.
    [TestCase(
        "Europe/Berlin", "2027-03-26T12:00:00Z", "2027-03-27 02:30 +01:00", "2027-03-28 02:30 +01:00 Skipped", "2027-03-29 02:30 +02:00")]
    [TestCase("Europe/Berlin", "2027-10-29T12:00:00Z", "2027-10-30 02:30 +02:00", "2027-10-31 02:30 +02:00 FirstOfTwo",
        "2027-11-01 02:30 +01:00")]
    [TestCase("America/New_York", "2027-03-12T12:00:00Z", "2027-03-13 02:30 -05:00", "2027-03-14 02:30 -05:00 Skipped",
        "2027-03-15 02:30 -04:00")]
    public void After_ClockIsSet_SkipsOrFiresOnce(string zone, string after, params string[] expected) =>
        Assert.That(Expressions.Next("cron(30 2 * * ? *)", after, 3, zone), Is.EqualTo(expected));

    // Winter is the daylight saving time of Dublin, and Ramadan that of Casablanca: with a negative difference.
    [TestCase("cron(30 1 * * ? *)", "Europe/Dublin", "2027-03-27T12:00:00Z",
        "2027-03-28 01:30 +00:00 Skipped", "2027-03-29 01:30 +01:00")]
    [TestCase("cron(30 1 * * ? *)", "Europe/Dublin", "2027-10-30T12:00:00Z",
        "2027-10-31 01:30 +01:00 FirstOfTwo", "2027-11-01 01:30 +00:00")]
    [TestCase("cron(30 2 * * ? *)", "Africa/Casablanca", "2027-02-06T12:00:00Z",
        "2027-02-07 02:30 +01:00 FirstOfTwo", "2027-02-08 02:30 +00:00")]
    [TestCase("cron(30 2 * * ? *)", "Africa/Casablanca", "2027-03-13T12:00:00Z",
        "2027-03-14 02:30 +00:00 Skipped", "2027-03-15 02:30 +01:00")]
    public void After_DaylightSavingTimeIsNegative_SkipsOrFiresOnce(
        string expression, string zone, string after, params string[] expected) =>
        Assert.That(Expressions.Next(expression, after, 2, zone), Is.EqualTo(expected));

    [Test]
    public void After_ClockOfNewYorkFallsBack_FiresTheFirstTimeOnly() =>
        Assert.That(
            Expressions.Next("cron(30 1 * * ? *)", "2027-11-07T00:00:00Z", 2, "America/New_York"),
            Is.EqualTo(new[] { "2027-11-07 01:30 -04:00 FirstOfTwo", "2027-11-08 01:30 -05:00" }));

    [Test]
    public void After_BeginsWithinTheRepeatedHour_DoesNotRepeat() =>
        Assert.That(
            Expressions.Next("cron(30 2 * * ? *)", "2027-10-31T01:10:00Z", 1, "Europe/Berlin"), Is.EqualTo(
                new[] { "2027-11-01 02:30 +01:00" }));

    [Test]
    public void After_EveryHourOverTheGap_LeavesOneOut() =>
        Assert.That(
            Expressions.Next("cron(0 * * * ? *)", "2027-03-28T00:30:00Z", 2, "Europe/Berlin"),
            Is.EqualTo(new[] { "2027-03-28 02:00 +01:00 Skipped", "2027-03-28 03:00 +02:00" }));

    [TestCase("cron(0 0 30 2 ? *)")]
    [TestCase("cron(0 0 1 1 ? 2020)")]
    [TestCase("cron(0 0 31 4,6 ? *)")]
    public void After_NoSuchDay_NeverFires(string expression) => Assert.That(Expressions.Next(expression, Sunday, 1), Is.Empty);
}
