using Dispatcher.Deployment.Schedules;

namespace Dispatcher.Deployment.Tests.Schedules;

/// <summary>Reads expressions: what AWS refuses is refused, with what to write instead.</summary>
public sealed class ExpressionReaderTests
{
    [TestCase("rate(30 seconds)", "write rate(1 minute)")]
    [TestCase("rate(1 minutes)", "write rate(1 minute)")]
    [TestCase("rate(1 hours)", "write rate(1 hour)")]
    [TestCase("rate(5 minute)", "write rate(5 minutes)")]
    [TestCase("rate(0 minutes)", "has the value '0'")]
    [TestCase("rate(-1 minutes)", "has the value '-1'")]
    [TestCase("rate(1.5 hours)", "has the value '1.5'")]
    [TestCase("rate(99999999999 days)", "whole number")]
    [TestCase("rate(2000000 days)", "longer than a century")]
    [TestCase("rate(2 weeks)", "write rate(14 days)")]
    [TestCase("rate(1 month)", "cron(0 3 1 * ? *)")]
    [TestCase("rate(5 minuets)", "Did you mean 'minute'?")]
    [TestCase("rate(5)", "not a value and a unit")]
    [TestCase("rate()", "not a value and a unit")]
    [TestCase("Rate(1 hour)", "rate(1 hour)")]
    [TestCase(" rate(1 hour)", "Write rate(1 hour).")]
    [TestCase("1 hour", "rate(1 hour)")]
    [TestCase("0 3 * * ? *", "cron(0 3 * * ? *)")]
    [TestCase("hourly", "Write rate(1 hour).")]
    [TestCase("@daily", "Write cron(0 0 * * ? *).")]
    [TestCase("every day", "Write rate(1 day).")]
    [TestCase("Every 05 Minutes", "Write rate(5 minutes).")]
    [TestCase("1 days", "Write rate(1 day).")]
    [TestCase("0 3 * * 1-5", "Write cron(0 3 ? * MON-FRI *).")]
    [TestCase("0 0 3 * * MON", "is not a schedule expression. Write rate(1 hour), or cron(0 3 * * ? *)")]
    [TestCase("every monday", "is not a schedule expression. Write rate(1 hour), or cron(0 3 * * ? *)")]
    [TestCase("every day at three o'clock", "is not a schedule expression. Write rate(1 hour), or cron(0 3 * * ? *)")]
    [TestCase("Every(1 day)", "is not a schedule expression. Write rate(1 hour)")]
    [TestCase("rate((1 day))", "is not a schedule expression. Write rate(1 hour)")]
    [TestCase("cron (0 3 * * ? *)", "Write cron(0 3 * * ? *).")]
    [TestCase("", "is not a schedule expression")]
    [TestCase("at(2026-11-22T03:00:00)", "AWS::Scheduler::Schedule")]
    public void Read_WrongRate_SaysWhatToWrite(string expression, string expected) =>
        Assert.That(Expressions.ReadProblems(expression), Does.Contain(expected));

    [TestCase("cron(0 3 ? * MON-6 *)", "2026-11-27 03:00", "2026-11-30 03:00", "2026-12-01 03:00")]
    [TestCase("cron(0 3 ? * 2-fri *)", "2026-11-27 03:00", "2026-11-30 03:00", "2026-12-01 03:00")]
    [TestCase("cron(0 3 ? * FRIL *)", "2026-11-27 03:00", "2026-12-25 03:00", "2027-01-29 03:00")]
    [TestCase("cron(0 0 1 JAN/3 ? *)", "2027-01-01 00:00", "2027-04-01 00:00", "2027-07-01 00:00")]
    [TestCase("cron(0 0 1 JAN-6/2 ? *)", "2027-01-01 00:00", "2027-03-01 00:00", "2027-05-01 00:00")]
    public void Read_NamesBesideNumbers_AreTheSameDaysAndMonths(string expression, params string[] expected) =>
        Assert.That(Expressions.Next(expression, "2026-11-26T12:00:00Z", 3), Is.EqualTo(expected.Select(time => $"{time} +00:00")));

    [TestCase("cron(0 3 * * *)", "has 5 fields")]
    [TestCase("cron(0 3 * * *)", "Write cron(0 3 * * ? *).")]
    [TestCase("cron(*/5 * * * 1-5)", "Write cron(*/5 * ? * MON-FRI *).")]
    [TestCase("cron(0 0 12 * * ? *)", "EventBridge cron has no seconds field")]
    [TestCase("cron()", "has 0 fields")]
    [TestCase("cron(0 3 * * * *)", "Both day fields are set")]
    [TestCase("cron(0 3 1 * MON *)", "Both day fields are set (1 and MON)")]
    [TestCase("cron(0 3 * * MON *)", "? * MON")]
    [TestCase("cron(0 3 ? * ? *)", "Both day fields are ?")]
    [TestCase("cron(60 3 * * ? *)", "Field minutes is '60': 60 is out of range. Write 0 to 59.")]
    [TestCase("cron(0 24 * * ? *)", "24 is out of range")]
    [TestCase("cron(0 0 32 * ? *)", "32 is out of range")]
    [TestCase("cron(0 0 0 * ? *)", "0 is out of range")]
    [TestCase("cron(0 0 1 13 ? *)", "13 is out of range")]
    [TestCase("cron(0 0 ? * 0 *)", "write SUN")]
    [TestCase("cron(0 0 ? * 0-6 *)", "from 1 (SUN) to 7 (SAT)")]
    [TestCase("cron(0 0 ? * 8 *)", "8 is out of range")]
    [TestCase("cron(0 0 * * ? 1969)", "1969 is out of range")]
    [TestCase("cron(0 0 * * ? 2200)", "2200 is out of range")]
    [TestCase("cron(*/60 * * * ? *)", "Once an hour is cron(0 * * * ? *).")]
    [TestCase("cron(0 */24 * * ? *)", "Once a day is cron(0 0 * * ? *).")]
    [TestCase("cron(0/0 * * * ? *)", "has no step")]
    [TestCase("cron(0/ * * * ? *)", "has no step")]
    [TestCase("cron(0 0 ? * */2 *)", "is a step, which this field does not support")]
    [TestCase("cron(0 0 L-3 * ? *)", "counts back from the last day")]
    [TestCase("cron(0 0 1 1 ? 2030-2026)", "Field year is '2030-2026': '2030-2026' runs backwards. Write 2026-2030.")]
    [TestCase("cron(0 0 ? * 3#1,6#3 *)", "cannot be part of a list")]
    [TestCase("cron(0 0 ? * 3#6 *)", "the count is 1 to 5")]
    [TestCase("cron(0 0 1,L * ? *)", "cannot be part of a list")]
    [TestCase("cron(0 0 1W,15W * ? *)", "cannot be part of a list")]
    [TestCase("cron(? 0 * * ? *)", "contains '?', which has no meaning in this field")]
    [TestCase("cron(0 0 1 L ? *)", "contains 'L'")]
    [TestCase("cron(0 0 ? JUNE MON *)", "Did you mean 'JUN'?")]
    [TestCase("cron(0 0 ? * MONDAY *)", "'MONDAY' is not a value")]
    [TestCase("cron(0,,5 0 * * ? *)", "a comma without a value")]
    [TestCase("cron(1-2-3 0 * * ? *)", "is not a value")]
    [TestCase("cron(H 0 * * ? *)", "is not a value")]
    [TestCase("cron(0,, 5 * * ? *)", "a comma without a value")]
    [TestCase("cron(, 5 * * ? *)", "a comma without a value")]
    [TestCase("cron(0 0 * * ? *", "is not a schedule expression")]
    public void Read_WrongCron_SaysWhatToWrite(string expression, string expected) =>
        Assert.That(Expressions.ReadProblems(expression), Does.Contain(expected));

    [Test]
    public void Read_SeveralFieldsAreWrong_NamesAllOfThem() =>
        Assert.That(Expressions.ReadProblems("cron(60 24 * * 0 *)").Split('\n'), Has.Length.EqualTo(4));

    [TestCase("cron(0 9 ? * 1-5 *)", "MON-FRI")]
    [TestCase("cron(* 3 * * ? *)", "write 0 for the minutes")]
    [TestCase("cron(0, 3 * * ? *)", "a comma at the end of a field. AWS ignores it; remove it.")]
    public void Read_PitfallOfUnixCron_Warns(string expression, string expected) =>
        Assert.That(Expressions.Warnings(expression), Has.One.Contains(expected));

    [TestCase("cron(0 9 ? * 2-6 *)")]
    [TestCase("cron(0/5 3 * * ? *)")]
    [TestCase("cron(* * * * ? *)")]
    public void Read_UsualCron_DoesNotWarn(string expression) => Assert.That(Expressions.Warnings(expression), Is.Empty);

    [TestCase("rate(1 minute)", "every minute")]
    [TestCase("rate(7 days)", "every 7 days")]
    [TestCase("cron(5 0 * * ? *)", "every day at 00:05")]
    [TestCase("cron(0 18 ? * MON-FRI *)", "at 18:00, MON to FRI")]
    [TestCase("cron(0 18 ? * 1,7 *)", "at 18:00, SUN, SAT")]
    [TestCase("cron(0/15 * * * ? *)", "every 15 minutes")]
    [TestCase("cron(0 * * * ? *)", "every hour")]
    [TestCase("cron(20 * * * ? *)", "every hour at 20 past")]
    [TestCase("cron(0 8 1 * ? *)", "at 08:00, on day 1 of the month")]
    [TestCase("cron(0 8 L * ? *)", "at 08:00, on the last day of the month")]
    [TestCase("cron(0/7 * * * ? *)", null)]
    [TestCase("cron(0 8 ? * 6L *)", null)]
    [TestCase("cron(0 8 1 1 ? *)", null)]
    [TestCase("cron(0 8 1 * ? 2030)", null)]
    [TestCase("cron(0/5,30 * * * ? *)", null)]
    public void Describe_UsualExpression_SaysItInWords(string expression, string? expected) =>
        Assert.That(Expressions.Read(expression).Describe(), Is.EqualTo(expected));

    [Test]
    public void After_Rate_CountsFromNow() =>
        Assert.That(
            Expressions.Next("rate(12 hours)", "2026-11-22T07:00:00Z", 2), Is.EqualTo(
                new[] { "2026-11-22 19:00 +00:00", "2026-11-23 07:00 +00:00" }));

    [Test]
    public void After_RateWithAStart_CountsFromThere()
    {
        var start = DateTimeOffset.Parse("2026-11-20T00:30:00Z", null);

        var fires = Expressions.Read("rate(1 day)").After(DateTimeOffset.Parse("2026-11-22T07:00:00Z", null), TimeZoneInfo.Utc, start);

        Assert.That(fires.First().At, Is.EqualTo(DateTimeOffset.Parse("2026-11-23T00:30:00Z", null)));
    }

    [TestCase("2026-11-22T00:00:00Z", "2026-11-22T02:00:00Z")]
    [TestCase("2026-11-22T02:00:00Z", null)]
    public void After_At_FiresOnce(string after, string? expected)
    {
        var fires = Expressions.Read("at(2026-11-22T03:00:00)", ExpressionHost.Scheduler)
            .After(DateTimeOffset.Parse(after, null), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), start: null);

        Assert.That(fires.Select(fire => fire.At), Is.EqualTo(expected is null ? [] : new[] { DateTimeOffset.Parse(expected, null) }));
    }

    [TestCase("rate(1 days)", "every day")]
    [TestCase("rate(15 minute)", "every 15 minutes")]
    [TestCase("rate(1 hours)", "every hour")]
    public void Read_RateOfScheduler_NeedsNoAgreement(string expression, string expected) =>
        Assert.That(Expressions.Read(expression, ExpressionHost.Scheduler).Describe(), Is.EqualTo(expected));

    [Test]
    public void After_RateOfSchedulerWithoutAStart_FiresAtOnce() =>
        Assert.That(
            Expressions.Next("rate(12 hours)", "2026-11-22T07:00:00Z", 2, host: ExpressionHost.Scheduler), Is.EqualTo(
                new[] { "2026-11-22 07:00 +00:00", "2026-11-22 19:00 +00:00" }));

    [TestCase("at(tomorrow)")]
    [TestCase("at(2026-11-22T03:00:00Z)")]
    [TestCase("at(2026-11-31T03:00:00)")]
    public void Read_WrongAt_SaysWhatToWrite(string expression) =>
        Assert.That(Expressions.ReadProblems(expression, ExpressionHost.Scheduler), Does.Contain("Write at(2026-11-22T03:00:00)"));
}
