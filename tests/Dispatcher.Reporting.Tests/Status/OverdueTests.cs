using System.Globalization;
using Dispatcher.Reporting.Status;

namespace Dispatcher.Reporting.Tests.Status;

public sealed class OverdueTests
{
    private static readonly DateTimeOffset Now = SampleRun.Now;

    [TestCase(-10, 0, null, TestName = "Just due")]
    [TestCase(-59, 0, null, TestName = "Within the grace of a daily job")]
    [TestCase(-61, 0, "was due 1 h 1 min ago", TestName = "After the grace of a daily job")]
    [TestCase(-75, 20, null, TestName = "Within the flexible window")]
    [TestCase(-85, 20, "was due 1 h 25 min ago", TestName = "After the flexible window")]
    public void Judge_StartOfToday_IsExpectedWithGrace(int dueMinutes, int windowMinutes, string? reason)
    {
        var due = Now.AddMinutes(dueMinutes);
        var schedule = Every(TimeSpan.FromDays(1), due) with { Window = TimeSpan.FromMinutes(windowMinutes) };

        Check(schedule, reason, due.AddDays(-1), due.AddDays(-2));
        Check(schedule, null, due.AddSeconds(-20), due.AddDays(-1));
    }

    [Test]
    public void Judge_JobThatStopped15DaysAgo_IsOverdueHoweverWellItWas()
    {
        var due = Now.AddHours(-3.5);
        var runs = Enumerable.Range(15, 10).Select(day => due.AddDays(-day)).ToArray();

        Check(Every(TimeSpan.FromDays(1), due, 40), "no run for 15 d 3 h, 15 starts missed", runs);
        Check(Every(TimeSpan.FromDays(1), due, 2), "no run for 15 d 3 h, at least 2 starts missed", runs);
        Check(null, "no run for 15 d 3 h; before, it ran about every 1 d", runs);
        Check(new JobSchedule { Interval = TimeSpan.FromDays(1) }, "no run for 15 d 3 h, 15 starts missed", runs);
    }

    [Test]
    public void Judge_ScheduleThatDoesNotApply_LeavesTheRhythm()
    {
        DateTimeOffset[] runs = [.. Enumerable.Range(15, 10).Select(static day => Now.AddDays(-day))];
        var elsewhere = Every(TimeSpan.FromHours(1), Now.AddHours(-1)) with { Applies = false };

        Check(elsewhere, "no run for 15 d; before, it ran about every 1 d", runs);
        Check(elsewhere, null, Now.AddDays(-3));
        Check(
            new JobSchedule { Applies = false, Description = "not deployed" },
            "no run for 15 d; before, it ran about every 1 d; not deployed",
            runs);
    }

    [Test]
    public void Judge_OverdueAfterAFailure_ShowsTheFailure()
    {
        var facts = new JobFacts("daily-uptime") { Schedule = Every(TimeSpan.FromDays(1), Now.AddHours(-3.5)) };
        facts.Runs.Add(SampleRun.Create(
            status: JobStatus.Failed, startedAt: Now.AddHours(-27.5), summary: "The database refused.", runId: "01a2"));
        var health = HealthRule.Judge(facts, Now);

        Assert.That(
            (health.Verdict, health.Reason, health.NextCommand),
            Is.EqualTo((JobVerdict.Overdue, "was due 3 h 30 min ago; the last run failed: The database refused.", "show 01a2")));
    }

    [Test]
    public void Judge_Overdue_NamesTheFirstMissingStart()
    {
        var due = Now.AddHours(-3.5);

        Assert.That(Judge(Every(TimeSpan.FromDays(1), due, 40), due.AddDays(-15)).OverdueSince, Is.EqualTo(due.AddDays(-14)));
    }

    [Test]
    public void Judge_SkippedStart_IsNotTheJobsFaultWhileTheRunBeforeIsAtWork()
    {
        var due = Now.AddMinutes(-30);
        var schedule = Every(TimeSpan.FromHours(1), due);
        var lease = new LeaseHolder("01a2", due, Now.AddMinutes(1));

        Assert.That(Judge(schedule, [lease], due.AddHours(-1)).Verdict, Is.EqualTo(JobVerdict.Running));
        Assert.That(Judge(schedule, [], due.AddHours(-1)).Verdict, Is.EqualTo(JobVerdict.Overdue));
    }

    [Test]
    public void Judge_LongRuns_AreExpectedWhenTheyMayHaveEnded()
    {
        var due = Now.AddHours(-3);
        var facts = new JobFacts("daily-uptime") { Schedule = Every(TimeSpan.FromDays(1), due) };
        facts.Runs.Add(SampleRun.Create(startedAt: due.AddDays(-1), durationMs: (long)TimeSpan.FromHours(4).TotalMilliseconds));

        Assert.That(HealthRule.Judge(facts, Now).Verdict, Is.EqualTo(JobVerdict.Well));
        Assert.That(HealthRule.Judge(facts, due.AddHours(5.1)).Verdict, Is.EqualTo(JobVerdict.Overdue));
    }

    [TestCase("rate of 5 minutes", 5, 14, false)]
    [TestCase("rate of 5 minutes", 5, 16, true)]
    [TestCase("rate of 1 day", 1440, 1440 + 59, false)]
    [TestCase("rate of 1 day", 1440, 1440 + 61, true)]
    public void Judge_Rate_ExpectsARunAfterTheLast(string name, int interval, int minutesAgo, bool isOverdue)
    {
        var health = Judge(new JobSchedule { Interval = TimeSpan.FromMinutes(interval) }, Now.AddMinutes(-minutesAgo).AddSeconds(-2));

        Assert.That(health.Verdict, Is.EqualTo(isOverdue ? JobVerdict.Overdue : JobVerdict.Well), name);
    }

    [TestCase("hourly", "1 2 3 4 5 6 7", false)]
    [TestCase("hourly, then silent", "3 4 5 6 7 8 9", true)]
    [TestCase("daily on weekdays, on a Sunday", "51 75 99 123 147 219 243 267", false)]
    [TestCase("daily on weekdays, then silent", "219 243 267 291 315 387 411 435", true)]
    [TestCase("too few", "300 301 302 303", false)]
    public void Judge_WithoutSchedule_ComparesWithTheRhythm(string name, string hoursAgo, bool isOverdue)
    {
        var health = Judge(null, [.. Hours(hoursAgo).Select(static hours => Now.AddHours(-hours))]);

        Assert.That(health.Verdict, Is.EqualTo(isOverdue ? JobVerdict.Overdue : JobVerdict.Well), name);
    }

    [Test]
    public void Judge_RunsByHand_OweNothing()
    {
        DateTimeOffset[] irregular = [.. Hours("500 501 503 510 511 530 531 532 540 560 565 570").Select(static hours => Now.AddHours(-hours))];
        DateTimeOffset[] minutes = [.. Enumerable.Range(0, 12).Select(static run => Now.AddDays(-9).AddMinutes(-(run * run)))];
        JobVerdict Of(DateTimeOffset[] starts, bool byHand)
        {
            var facts = new JobFacts("daily-uptime");
            foreach (var run in starts.Select(static start => SampleRun.Create(startedAt: start)))
            {
                facts.Runs.Add(byHand ? run with { Slot = run.RunId } : run with { Slot = $"event-{run.RunId}" });
            }

            return HealthRule.Judge(facts, Now).Verdict;
        }

        Assert.That((Of(irregular, byHand: true), Of(minutes, byHand: true)), Is.EqualTo((JobVerdict.Well, JobVerdict.Well)));
        Assert.That(Of(irregular, byHand: false), Is.EqualTo(JobVerdict.Overdue));
    }

    [Test]
    public void Judge_EventsOrNoSchedule_OweNothing()
    {
        DateTimeOffset[] daily = [.. Enumerable.Range(15, 10).Select(static day => Now.AddDays(-day))];

        Check(new JobSchedule(), null, daily);
        var facts = new JobFacts("daily-uptime") { IsRegistered = true, IsUnscheduled = true };
        Array.ForEach(daily, start => facts.Runs.Add(SampleRun.Create(startedAt: start)));
        Assert.That(HealthRule.Judge(facts, Now).Verdict, Is.EqualTo(JobVerdict.Well));
    }

    [Test]
    public void Judge_DryRunByHand_DoesNotReplaceTheMissingRun()
    {
        var due = Now.AddHours(-3.5);
        var facts = new JobFacts("daily-uptime") { Schedule = Every(TimeSpan.FromDays(1), due) };
        facts.Runs.Add(SampleRun.Create(status: JobStatus.Planned, dryRun: true, startedAt: Now.AddHours(-1)));
        facts.Runs.Add(SampleRun.Create(startedAt: due.AddDays(-2)));

        Assert.That(HealthRule.Judge(facts, Now).Verdict, Is.EqualTo(JobVerdict.Overdue));
    }

    [Test]
    public void Judge_DuplicateThatWasSkipped_IsNoSignOfWork()
    {
        var due = Now.AddHours(-3.5);
        var facts = new JobFacts("daily-uptime") { Schedule = Every(TimeSpan.FromDays(1), due) };
        facts.Runs.Add(SampleRun.Create(status: JobStatus.Skipped, startedAt: due) with
        {
            Holder = new LeaseHolder("01a2", due.AddDays(-1), due),
        });
        facts.Runs.Add(SampleRun.Create(startedAt: due.AddDays(-2)));

        Assert.That(HealthRule.Judge(facts, Now).Verdict, Is.EqualTo(JobVerdict.Overdue));
    }

    private static IEnumerable<double> Hours(string text) =>
        text.Split(' ').Select(static hours => double.Parse(hours, CultureInfo.InvariantCulture));

    private static JobSchedule Every(TimeSpan interval, DateTimeOffset last, int times = 10) => new()
    {
        Expected = [.. Enumerable.Range(0, times).Select(time => last - (interval * (times - 1 - time)))],
        Next = last + interval,
    };

    private static void Check(JobSchedule? schedule, string? reason, params DateTimeOffset[] starts)
    {
        var health = Judge(schedule, starts);

        Assert.That(health.Verdict, Is.EqualTo(reason is null ? JobVerdict.Well : JobVerdict.Overdue), health.Reason);
        Assert.That(health.Reason, Is.EqualTo(reason ?? string.Empty));
    }

    private static JobHealth Judge(JobSchedule? schedule, params DateTimeOffset[] starts) => Judge(schedule, [], starts);

    private static JobHealth Judge(JobSchedule? schedule, LeaseHolder[] running, params DateTimeOffset[] starts)
    {
        var facts = new JobFacts("daily-uptime") { IsRegistered = true, Schedule = schedule, Running = running };
        Array.ForEach(starts, start => facts.Runs.Add(SampleRun.Create(startedAt: start)));
        return HealthRule.Judge(facts, Now);
    }
}
