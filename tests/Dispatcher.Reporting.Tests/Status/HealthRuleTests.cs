using Dispatcher.Reporting.Status;

namespace Dispatcher.Reporting.Tests.Status;

public sealed class HealthRuleTests
{
    private static readonly DateTimeOffset Now = SampleRun.Now;

    private static readonly JobStatus[] Decides =
        [JobStatus.Succeeded, JobStatus.Partial, JobStatus.Planned, JobStatus.Continued, JobStatus.Failed];

    [Test]
    public void Judge_LastRunWell_IsWell()
    {
        var health = Judge(Daily(), Run(JobStatus.Succeeded, 3.5), Run(JobStatus.Failed, 27.5));

        Assert.That((health.Verdict, health.NeedsPerson, health.NextCommand), Is.EqualTo((JobVerdict.Well, false, (string?)null)));
        Assert.That(health.LastSuccess, Is.EqualTo(health.LastRun));
        Assert.That(health.Next, Is.EqualTo(Now.AddHours(20.5)));
    }

    [Test]
    public void Judge_LastRunsFailed_IsFailingWithErrorCountAndCommand()
    {
        var failed = Run(JobStatus.Failed, 3.5, "The database refused the connection.");
        var health = Judge(Daily(), failed, Run(JobStatus.Failed, 27.5), Run(JobStatus.Succeeded, 51.5));

        Assert.That((health.Verdict, health.NeedsPerson), Is.EqualTo((JobVerdict.Failing, true)));
        Assert.That(health.Reason, Is.EqualTo("failed 2 times in a row: The database refused the connection."));
        Assert.That(health.NextCommand, Is.EqualTo($"show {failed.RunId}"));
        Assert.That(health.LastSuccess?.StartedAt, Is.EqualTo(Now.AddHours(-51.5)));
    }

    [Test]
    public void Judge_LastRunPartial_IsPartial()
    {
        var health = Judge(Daily(), Run(JobStatus.Partial, 3.5), Run(JobStatus.Succeeded, 27.5));

        Assert.That((health.Verdict, health.NeedsPerson), Is.EqualTo((JobVerdict.Partial, true)));
        Assert.That(health.Reason, Is.EqualTo("some items failed: Done."), "a record without the errors");
    }

    [Test]
    public void Judge_LastRunPartial_HasTheNumberOfErrorsAndTheFirst()
    {
        var last = Partial(3.5);

        Assert.That(Judge(Daily(), last).Reason, Is.EqualTo("250 items failed: a.mp4: Access denied"));
        Assert.That(
            Judge(Daily(), last, Partial(27.5)).Reason,
            Is.EqualTo("items failed 2 times in a row, 250 in the last run: a.mp4: Access denied"));
        Assert.That(
            Judge(Daily(), last with { Errors = [new ItemError("a.mp4", new string('x', 500))] }).Reason, Has.Length.LessThan(200));
    }

    [Test]
    public void Judge_OverdueAfterAPartialRun_SaysBoth()
    {
        var last = Partial(24 * 5);
        var health = Judge(Daily(), last);

        Assert.That(health.Reason, Does.EndWith("; the last run was partial: 250 items failed: a.mp4: Access denied"));
        Assert.That((health.Verdict, health.NextCommand), Is.EqualTo((JobVerdict.Overdue, $"show {last.RunId}")));
    }

    [Test]
    public void Judge_OverdueWithADryRunSince_SaysNoRealRun()
    {
        var failed = Run(JobStatus.Failed, 0) with { DryRun = true };

        Assert.That(Judge(Daily(), failed, Run(JobStatus.Succeeded, 24 * 5)).Reason, Does.StartWith("no real run for 5 d,"));
        Assert.That(Judge(Daily(), Run(JobStatus.Succeeded, 24 * 5)).Reason, Does.StartWith("no run for 5 d,"));
    }

    [Test]
    public void Judge_RunThatDecidesNothing_LeavesTheVerdictToTheOneBefore()
    {
        foreach (var status in Enum.GetValues<JobStatus>().Where(static status => !Decides.Contains(status)))
        {
            Assert.That(Judge(Daily(), Run(status, 3.5), Run(JobStatus.Failed, 27.5)).Verdict, Is.EqualTo(JobVerdict.Failing));
            Assert.That(Judge(Daily(), Run(status, 3.5), Run(JobStatus.Succeeded, 27.5)).Verdict, Is.EqualTo(JobVerdict.Well));
            Assert.That(Judge(Daily(), Run(status, 3.5)).Verdict, Is.EqualTo(JobVerdict.Well));
        }
    }

    [Test]
    public void Judge_EveryOutcomeOfALastRun_IsBadOnlyIfItFailedOrItemsDid()
    {
        foreach (var status in Enum.GetValues<JobStatus>())
        {
            var health = Judge(null, Run(status, 3.5), Run(JobStatus.Succeeded, 27.5));

            Assert.That(health.NeedsPerson, Is.EqualTo(status is JobStatus.Failed or JobStatus.Partial), $"{status}");
        }
    }

    [Test]
    public void Judge_RetryOfTheSameSlotSucceeded_IsWell()
    {
        var health = Judge(
            Daily(), Run(JobStatus.Succeeded, 3.4) with { Slot = "night" }, Run(JobStatus.Failed, 3.5) with { Slot = "night" });

        Assert.That(health.Verdict, Is.EqualTo(JobVerdict.Well));
    }

    [Test]
    public void Judge_OneShardOfTheSlotFailed_IsFailing()
    {
        RunRecord Shard(int index, JobStatus status, double hoursAgo) =>
            Run(status, hoursAgo) with { Slot = "night", Shard = new JobShard(index, 3) };

        var failed = Shard(1, JobStatus.Failed, 3.4);
        var totals = Run(JobStatus.Failed, 3.2) with { Slot = "night", Shards = [] };
        var health = Judge(Daily(), totals, Shard(2, JobStatus.Succeeded, 3.3), failed, Shard(0, JobStatus.Succeeded, 3.5));
        Assert.That((health.Verdict, health.NextCommand), Is.EqualTo((JobVerdict.Failing, $"show {failed.RunId}")));

        health = Judge(Daily(), Shard(1, JobStatus.Succeeded, 3.1), failed, Shard(0, JobStatus.Succeeded, 3.5));
        Assert.That(health.Verdict, Is.EqualTo(JobVerdict.Well));
    }

    [Test]
    public void Judge_DryRunByHandAfterARealFailure_IsStillFailing()
    {
        var health = Judge(Daily(), Run(JobStatus.Planned, 1), Run(JobStatus.Failed, 3.5));

        Assert.That(health.Verdict, Is.EqualTo(JobVerdict.Failing));
        Assert.That(health.LastRun?.DryRun, Is.True);
    }

    [Test]
    public void Judge_OnlyDryRuns_CountAsRunsButNotAsSuccess()
    {
        var health = Judge(Daily(), Run(JobStatus.Planned, 3.5), Run(JobStatus.Planned, 27.5));

        Assert.That((health.Verdict, health.LastSuccess), Is.EqualTo((JobVerdict.Well, (StatusRun?)null)));
        Assert.That(health.Reason, Does.Contain("only dry runs"));
        Assert.That(
            Judge(Daily(), Run(JobStatus.Failed, 3.5) with { DryRun = true }).Verdict, Is.EqualTo(JobVerdict.Failing));
    }

    [Test]
    public void Judge_NoRun_NeverRanAndIsMissedOnlyIfItWasDue()
    {
        Assert.That(Never(Daily()), Is.EqualTo((JobVerdict.NeverRan, true, "schedules")));
        Assert.That(Never(Daily() with { ExistsSince = Now.AddHours(-2) }), Is.EqualTo((JobVerdict.NeverRan, false, (string?)null)));
        Assert.That(Never(new JobSchedule { Next = Now.AddDays(1) }), Is.EqualTo((JobVerdict.NeverRan, false, (string?)null)));
        Assert.That(Never(null), Is.EqualTo((JobVerdict.NeverRan, false, (string?)null)));
        Assert.That(Never(new JobSchedule { Interval = TimeSpan.FromHours(1) }), Is.EqualTo((JobVerdict.NeverRan, true, "schedules")));
        Assert.That(
            Never(new JobSchedule { Interval = TimeSpan.FromHours(1), ExistsSince = Now.AddMinutes(-30) }),
            Is.EqualTo((JobVerdict.NeverRan, false, (string?)null)));
        Assert.That(
            Never(new JobSchedule { Interval = TimeSpan.FromHours(1), ExistsSince = Now.AddHours(-3) }),
            Is.EqualTo((JobVerdict.NeverRan, true, "schedules")));

        static (JobVerdict, bool, string?) Never(JobSchedule? schedule)
        {
            var health = Judge(schedule);
            return (health.Verdict, health.NeedsPerson, health.NextCommand);
        }
    }

    [Test]
    public void Judge_Paused_IsNeitherOverdueNorFailing()
    {
        var facts = Facts(Daily(), Run(JobStatus.Failed, 24 * 15)) with { Pause = new JobPause("while the view is rebuilt", "ada") };
        var health = HealthRule.Judge(facts, Now);

        Assert.That((health.Verdict, health.NeedsPerson, health.Next), Is.EqualTo((JobVerdict.Paused, false, (DateTimeOffset?)null)));
        Assert.That(health.Reason, Is.EqualTo("by ada: while the view is rebuilt; before that, the last run failed: Done."));
        Assert.That(health.NextCommand, Does.StartWith("show "));
    }

    [TestCase(4, "since 2026-11-22 01:30 UTC by ada: why; before that, the last run was partial: 250 items failed: a.mp4: Access denied")]
    [TestCase(1, "since 2026-11-22 01:30 UTC by ada: why; since then, the last run was partial: 250 items failed: a.mp4: Access denied")]
    public void Judge_PausedWithTrouble_SaysWhenEachBegan(double hoursAgo, string expected)
    {
        var run = Partial(hoursAgo);
        var since = new DateTimeOffset(2026, 11, 22, 1, 30, 0, TimeSpan.Zero);
        var health = HealthRule.Judge(
            Facts(Daily(), run with { StartedAt = since.AddHours(2.5 - hoursAgo) }) with { Pause = new JobPause("why", "ada", since) },
            Now);

        Assert.That((health.Verdict, health.Reason), Is.EqualTo((JobVerdict.Paused, expected)));
        Assert.That(health.NextCommand, Is.EqualTo($"show {run.RunId}"));
    }

    [Test]
    public void Judge_PausedAndWell_HasNoCommand()
    {
        var pause = new JobPause("why", "ada", new DateTimeOffset(2026, 11, 22, 1, 30, 0, TimeSpan.Zero));
        var health = HealthRule.Judge(Facts(Daily(), Run(JobStatus.Succeeded, 4)) with { Pause = pause }, Now);

        Assert.That((health.Reason, health.NextCommand), Is.EqualTo(("since 2026-11-22 01:30 UTC by ada: why", (string?)null)));
    }

    [Test]
    public void Judge_RunAtWork_IsRunningUnlessTheLastOneFailed()
    {
        var lease = new LeaseHolder("01a2", Now.AddMinutes(-5), Now.AddMinutes(1));
        var well = HealthRule.Judge(Facts(Daily(), Run(JobStatus.Succeeded, 27.5)) with { Running = [lease] }, Now.AddHours(-3.4));
        Assert.That((well.Verdict, well.Running.Single()), Is.EqualTo((JobVerdict.Running, lease)));

        var failed = HealthRule.Judge(Facts(Daily(), Run(JobStatus.Failed, 3.5)) with { Running = [lease] }, Now);
        Assert.That((failed.Verdict, failed.Running.Count), Is.EqualTo((JobVerdict.Failing, 1)));

        var first = HealthRule.Judge(Facts(Daily()) with { Running = [lease] }, Now);
        Assert.That(first.Verdict, Is.EqualTo(JobVerdict.Running));
    }

    [Test]
    public void Judge_RunAtWorkFarLongerThanEveryRunBefore_NeedsAPerson()
    {
        JobHealth At(double hours) => HealthRule.Judge(
            Facts(null, Run(JobStatus.Succeeded, 30, durationMs: 600_000), Run(JobStatus.Succeeded, 54), Run(JobStatus.Succeeded, 78)) with
            {
                Running = [new LeaseHolder("01a2", Now.AddHours(-hours), Now.AddMinutes(1))],
            },
            Now);

        Assert.That((At(0.9).Verdict, At(0.9).NeedsPerson), Is.EqualTo((JobVerdict.Running, false)));
        Assert.That((At(6).Verdict, At(6).NeedsPerson), Is.EqualTo((JobVerdict.Running, true)));
        Assert.That(At(6).Reason, Is.EqualTo("run 01a2 is at work for 6 h; no run before took longer than 10 min"));
    }

    [Test]
    public void Judge_JobThatNeitherToolNorTemplateKnows_IsRetiredOnceItIsSilentUnlessItFailedLately()
    {
        JobVerdict Of(params RunRecord[] runs) =>
            HealthRule.Judge(Facts(null, runs) with { IsRegistered = false, IsUnscheduled = true }, Now).Verdict;

        RunRecord[] hourly = [.. Enumerable.Range(5, 10).Select(static hour => Run(JobStatus.Succeeded, hour))];

        Assert.That(Of(Run(JobStatus.Succeeded, 24 * 15)), Is.EqualTo(JobVerdict.Retired));
        Assert.That(Of(Run(JobStatus.Succeeded, 24 * 6)), Is.EqualTo(JobVerdict.Well));
        Assert.That(Of(hourly), Is.EqualTo(JobVerdict.Retired), "silent by its rhythm");
        Assert.That(Of([Run(JobStatus.Succeeded, 1), .. hourly]), Is.EqualTo(JobVerdict.Well));
        Assert.That(Of(Run(JobStatus.Failed, 24 * 15)), Is.EqualTo(JobVerdict.Failing));
        Assert.That(Of(Run(JobStatus.Failed, 24 * 31)), Is.EqualTo(JobVerdict.Retired));
    }

    [TestCase("nightly", JobVerdict.Well)]
    [TestCase("other", JobVerdict.Partial)]
    [TestCase(null, JobVerdict.Partial)]
    public void Judge_PartialRestore_NeedsNobodyUnlessItIsAJob(string? of, JobVerdict verdict)
    {
        var run = Partial(2) with
        {
            Job = "nightly-restore",
            Parameters = of is null ? null : new Dictionary<string, string> { ["run"] = "01a2", ["job"] = of },
        };

        var health = HealthRule.Judge(
            Facts(null, run, run with { StartedAt = run.StartedAt.AddDays(-9) }) with { Job = run.Job, IsRegistered = false }, Now);
        var registered = HealthRule.Judge(Facts(null, run) with { Job = run.Job }, Now);

        Assert.That((health.Verdict, health.NeedsPerson), Is.EqualTo((verdict, verdict != JobVerdict.Well)));
        Assert.That(health.Reason, Does.Contain("250 items failed"));
        Assert.That(registered.Verdict, Is.EqualTo(JobVerdict.Partial));
    }

    [Test]
    public void Judge_NamesThatAreNotWords_AreNotInTheCommand()
    {
        var failed = Run(JobStatus.Failed, 3.5) with { RunId = "x; rm -rf ~" };
        Assert.That(Judge(null, failed).NextCommand, Is.EqualTo("history"));

        RunRecord[] daily = [.. Enumerable.Range(5, 10).Select(static day => Run(JobStatus.Succeeded, day * 24))];
        var late = HealthRule.Judge(Facts(null, daily) with { Job = "$(reboot)" }, Now);
        Assert.That((late.Verdict, late.NextCommand), Is.EqualTo((JobVerdict.Overdue, "history")));
    }

    [Test]
    public void Judge_OverdueByItsScheduleOrByItsRhythm_NamesTheHistory()
    {
        RunRecord[] daily = [.. Enumerable.Range(5, 10).Select(static day => Run(JobStatus.Succeeded, day * 24))];

        Assert.That(
            (Judge(Daily(), daily).NextCommand, Judge(null, daily).NextCommand),
            Is.EqualTo(("history daily-uptime", "history daily-uptime")));
    }

    /// <summary>Every day at 03:00; it is 06:30.</summary>
    private static JobSchedule Daily() => new()
    {
        Expected = [.. Enumerable.Range(0, 10).Select(static day => Now.AddHours(-3.5).AddDays(day - 9))],
        Next = Now.AddHours(20.5),
    };

    private static JobHealth Judge(JobSchedule? schedule, params RunRecord[] runs) => HealthRule.Judge(Facts(schedule, runs), Now);

    private static JobFacts Facts(JobSchedule? schedule, params RunRecord[] runs)
    {
        var facts = new JobFacts("daily-uptime") { IsRegistered = true, Schedule = schedule };
        Array.ForEach(runs, facts.Runs.Add);
        return facts;
    }

    private static RunRecord Partial(double hoursAgo) => Run(JobStatus.Partial, hoursAgo) with
    {
        Errors = [new ItemError("a.mp4", "Access denied")], ItemErrorCount = 250,
    };

    private static RunRecord Run(JobStatus status, double hoursAgo, string summary = "Done.", long durationMs = 1000) =>
        SampleRun.Create(
            status: status, startedAt: Now.AddHours(-hoursAgo), dryRun: status == JobStatus.Planned, summary: summary,
            durationMs: durationMs);
}
