using Dispatcher.Reporting.Advice;

namespace Dispatcher.Reporting.Tests.Advice;

public sealed class ScheduleAdvisorTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task ReadAsync_HourlyJobWithWorkAtNine_AdvisesOneRunADayAfterIt()
    {
        var advice = await AdviseAsync(24, Hourly(14, static at => at.Hour == 9));

        var option = advice.Options.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((advice.Verdict, advice.Runs, advice.EmptyRuns), Is.EqualTo((AdviceVerdict.Change, 336, 322)));
            Assert.That(advice.Interval, Is.EqualTo(TimeSpan.FromHours(1)));
            Assert.That(advice.EmptyHours, Is.EqualTo(Enumerable.Range(0, 24).Where(static hour => hour != 9)));

            // What the run at 09:00 found may have come since 08:00.
            Assert.That(option.Expression, Is.EqualTo("cron(0 8 * * ? *)"));
            Assert.That((option.LongestWait, option.AverageWait), Is.EqualTo((TimeSpan.FromDays(1), TimeSpan.Zero)));
            Assert.That(option.SavedRunsPerMonth, Is.EqualTo(730 - (730 / 24.0)).Within(0.1));

            // 512 MB for a second is half a GB-second; each run that is saved was empty.
            Assert.That(option.SavedGigabyteSecondsPerMonth, Is.EqualTo(option.SavedRunsPerMonth / 2).Within(0.01));
        }
    }

    [TestCase(6, "cron(0 2/6 * * ? *)")]
    [TestCase(5, "cron(0 0/4 * * ? *)")]
    [TestCase(100, "cron(0 8 * * ? *)")]
    public async Task ReadAsync_LongestAge_IsNotExceeded(double hours, string expression)
    {
        var advice = await AdviseAsync(hours, Hourly(14, static at => at.Hour == 9));

        Assert.That(advice.Options.Single().Expression, Is.EqualTo(expression));
        Assert.That(advice.Options.Single().LongestWait.TotalHours, Is.AtMost(hours));
    }

    [TestCase(0.5)]
    [TestCase(1)]
    public async Task ReadAsync_NoRarerScheduleWithinTheAge_KeepsIt(double hours)
    {
        var advice = await AdviseAsync(hours, Hourly(14, static at => at.Hour == 9));

        Assert.That(advice.Verdict, Is.EqualTo(AdviceVerdict.Keep));
        Assert.That(advice.Options, Is.Empty);
    }

    [Test]
    public async Task ReadAsync_EachRunFindsWork_SavesRunsAndPromisesNoGigabyteSeconds()
    {
        var advice = await AdviseAsync(6, Hourly(14, static _ => true));

        Assert.That(advice.Options.Single().SavedRunsPerMonth, Is.GreaterThan(600));
        Assert.That(advice.Options.Single().SavedGigabyteSecondsPerMonth, Is.Null);
        Assert.That(advice.Reason, Does.StartWith("each run found work"));
    }

    [Test]
    public async Task ReadAsync_NoAge_ComparesTheUsualOnes() => Assert.That(
        (await AdviseAsync(null, Every(TimeSpan.FromMinutes(5), 14, static at => at is { Hour: 9, Minute: 0 }))).Options
            .Select(static option => option.LongestWait.TotalHours),
        Is.EqualTo(new[] { 1.0, 6, 24 }));

    [TestCase(6, "cron(0 0/6 * * ? *)")]
    public async Task ReadAsync_NoRunFindsWork_AsksWhetherTheJobIsNeeded(double hours, string expression)
    {
        var advice = await AdviseAsync(hours, Hourly(14, static _ => false));

        Assert.That(advice.Reason, Is.EqualTo("no run proposed a change: ask whether the job is needed, unless it only reports"));
        Assert.That(advice.Options.Select(static option => (option.Expression, option.AverageWait)), Is.EqualTo(
            new[] { (expression, (TimeSpan?)null) }));
    }

    [TestCase(19, 24)]
    [TestCase(100, 1)]
    [TestCase(0, 1)]
    public async Task ReadAsync_TooLittleHistory_SaysSo(int runs, int hoursApart)
    {
        var failed = SampleRun.Create("job", JobStatus.Failed, Begin);
        var advice = (await ScheduleAdvisor.ReadAsync(
            new ListedHistory([failed, .. Enumerable.Range(0, runs).Select(run => Run(Begin.AddHours(run * hoursApart), true))]),
            null, Begin, TimeSpan.FromHours(24))).Single();

        Assert.That((advice.Verdict, advice.Options.Count), Is.EqualTo((AdviceVerdict.TooLittleHistory, 0)));
        Assert.That(advice.Reason, Does.Contain("at least 20 runs over 7 days are needed"));
    }

    [Test]
    public async Task ReadAsync_RunsThatEventsStart_GetNoSchedule()
    {
        var random = new Random(7);
        var at = Begin;
        var runs = Enumerable.Range(0, 200).Select(_ => Run(at += TimeSpan.FromMinutes(random.Next(5, 600)), true)).ToList();

        Assert.That((await AdviseAsync(24, runs)).Verdict, Is.EqualTo(AdviceVerdict.NoRegularSchedule));
    }

    [Test]
    public async Task ReadAsync_TasksOfAJob_AreJudgedEachByItself()
    {
        RunRecord[] runs =
        [
            .. Hourly(14, static _ => true).Select(static run => run with { Task = "busy" }),
            .. Hourly(14, static _ => false).Select(static run => run with { Task = "idle" }),
        ];

        var all = await ScheduleAdvisor.ReadAsync(new ListedHistory(runs), null, Begin, TimeSpan.FromHours(6));

        Assert.That(all.Select(static advice => (advice.Task, advice.EmptyRuns)), Is.EqualTo(new[] { ("busy", 0), ("idle", 336) }));
    }

    [Test]
    public async Task ReadAsync_DryRunsFailedRunsAndTotals_DoNotCount()
    {
        var runs = Hourly(14, static _ => true);
        RunRecord[] others =
        [
            SampleRun.Create("job", JobStatus.Planned, Begin, dryRun: true), SampleRun.Create("job", JobStatus.Failed, Begin),
            SampleRun.Create("job", JobStatus.Cancelled, Begin), Run(Begin, true) with { Shards = [] },
        ];

        Assert.That((await AdviseAsync(24, [.. runs, .. others])).Runs, Is.EqualTo(runs.Count));
    }

    private static List<RunRecord> Hourly(int days, Func<DateTimeOffset, bool> found) => Every(TimeSpan.FromHours(1), days, found);

    private static List<RunRecord> Every(TimeSpan interval, int days, Func<DateTimeOffset, bool> found) =>
    [
        .. Enumerable.Range(0, (int)(TimeSpan.FromDays(days) / interval)).Select(run => Begin + (run * interval))
            .Select(at => Run(at, found(at))),
    ];

    private static RunRecord Run(DateTimeOffset at, bool found) =>
        SampleRun.Create("job", startedAt: at, durationMs: 1024 * 1000 / 1024, applied: found ? 3 : 0);

    private static async Task<ScheduleAdvice> AdviseAsync(double? hours, IEnumerable<RunRecord> runs) => (await ScheduleAdvisor.ReadAsync(
        new ListedHistory(runs), null, Begin, hours is { } age ? TimeSpan.FromHours(age) : null)).Single();
}
