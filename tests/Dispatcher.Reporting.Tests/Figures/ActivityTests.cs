using Dispatcher.Reporting.Figures;

namespace Dispatcher.Reporting.Tests.Figures;

public sealed class ActivityTests
{
    private static readonly Timeline Month = Timeline.Create(SampleRun.Now.AddDays(-30), SampleRun.Now, TimeZoneInfo.Utc);

    [Test]
    public void Add_RunsOfEveryStatus_CountsEachOnce()
    {
        var all = Of([.. Enum.GetValues<JobStatus>().Select(status => SampleRun.Create(status: status))]).All.Total;

        Assert.That(RunKinds.All.Select(kind => all[kind]), Is.All.EqualTo(1));
        Assert.That(all.Runs, Is.EqualTo(7));
        Assert.That(all.SuccessRate, Is.EqualTo(1.0 / 3));
    }

    [Test]
    public void Add_TotalsOfShards_CountsTheShardsAlone()
    {
        var shards = Enumerable.Range(0, 3).Select(static index =>
            SampleRun.Create(applied: 5, bytes: 7) with { Shard = new JobShard(index, 3) }).ToArray();
        var totals = SampleRun.Create(applied: 15, bytes: 21) with
        {
            Shards = [.. shards.Select(static run => new ShardRun(run.Shard!.Value.Index, run.RunId, run.Status, 1, 1000, 5))],
        };

        var all = Of([totals, .. shards]).All.Total;

        Assert.That((all.Runs, all.ChangesApplied, all.BytesFreed), Is.EqualTo((3, 15, 21)));
    }

    [TestCase(JobStatus.Planned)]
    [TestCase(JobStatus.Failed)]
    [TestCase(JobStatus.Cancelled)]
    [TestCase(JobStatus.Skipped)]
    [TestCase(JobStatus.Continued)]
    public void Add_DryRun_CountsAsADryRunHoweverItEnded(JobStatus status)
    {
        var activity = Of(SampleRun.Create(status: status, dryRun: true));

        Assert.That(activity.All.Total[RunKind.DryRun], Is.EqualTo(1));
        Assert.That(activity.All.Total.SuccessRate, Is.Null);
        Assert.That(activity.All.Total.FailedDryRuns, Is.EqualTo(status == JobStatus.Failed ? 1 : 0));
        Assert.That(activity.Failures, Has.Count.EqualTo(status == JobStatus.Failed ? 1 : 0));
    }

    [Test]
    public void Add_DryRunWithBytes_FreesNothing()
    {
        var total = Of(SampleRun.Create(status: JobStatus.Planned, dryRun: true, bytes: 700), SampleRun.Create(bytes: 30)).All.Total;

        Assert.That((total.BytesFreed, total.BytesPlanned), Is.EqualTo((30, 700)));
    }

    [Test]
    public void Durations_RealRuns_LeaveOutSkippedCancelledAndDryOnes()
    {
        var job = Of(
            SampleRun.Create(durationMs: 100),
            SampleRun.Create(durationMs: 1, status: JobStatus.Skipped),
            SampleRun.Create(durationMs: 9000, status: JobStatus.Cancelled),
            SampleRun.Create(durationMs: 9000, status: JobStatus.Planned, dryRun: true)).Jobs.Single();

        Assert.That((job.OnlyPlans, job.Durations.Count, job.Durations.Longest), Is.EqualTo((false, 1, 100)));
    }

    [Test]
    public void Durations_DryRunsOnly_AreThoseOfDryRuns()
    {
        var job = Of(SampleRun.Create(durationMs: 9000, status: JobStatus.Planned, dryRun: true), SampleRun.Create(
            status: JobStatus.Skipped)).Jobs.Single();

        Assert.That((job.OnlyPlans, job.Durations.Longest), Is.EqualTo((true, 9000)));
    }

    [Test]
    public void Add_AllFailed_HasNoLastSuccess()
    {
        var job = Of([.. Enumerable.Range(1, 40).Select(
            hour => SampleRun.Create(status: JobStatus.Failed, startedAt: SampleRun.Now.AddHours(-hour)))]).Jobs.Single();

        Assert.That(job.Total.SuccessRate, Is.Zero);
        Assert.That(job.LastSuccess, Is.Null);
        Assert.That(job.LastRun, Is.EqualTo(new LastRun(SampleRun.Now.AddHours(-1), RunKind.Failed)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Add_Cancelled_IsNeitherAFailureNorASuccess(bool dryRun)
    {
        var activity = Of(SampleRun.Create(status: JobStatus.Cancelled, dryRun: dryRun));

        Assert.That((activity.All.Total.Settled, activity.Failures.Count), Is.EqualTo((0, 0)));
        Assert.That(activity.Jobs.Single().LastRun!.Kind, Is.EqualTo(RunKind.Cancelled));
        Assert.That(activity.Jobs.Single().LastSuccess, Is.Null);
    }

    [Test]
    public void LastRun_InAnyOrder_IsTheLatestThatWasNotSkipped()
    {
        var job = Of(
            SampleRun.Create(startedAt: SampleRun.Now.AddHours(-5)),
            SampleRun.Create(startedAt: SampleRun.Now.AddHours(-2), status: JobStatus.Partial),
            SampleRun.Create(startedAt: SampleRun.Now.AddHours(-1), status: JobStatus.Skipped),
            SampleRun.Create(startedAt: SampleRun.Now.AddHours(-4))).Jobs.Single();

        Assert.That(job.LastRun, Is.EqualTo(new LastRun(SampleRun.Now.AddHours(-2), RunKind.Partial)));
        Assert.That(job.LastSuccess!.StartedAt, Is.EqualTo(SampleRun.Now.AddHours(-4)));
    }

    [Test]
    public void Add_MoreFailuresThanAreListed_KeepsTheLatestInOrder()
    {
        var runs = Enumerable.Range(1, 60).Select(
            minute => SampleRun.Create(status: JobStatus.Failed, startedAt: SampleRun.Now.AddMinutes(-minute))).ToArray();
        new Random(5).Shuffle(runs);

        Assert.That(
            Of(runs).Failures.Select(failure => failure.StartedAt),
            Is.EqualTo(Enumerable.Range(1, Activity.MaxFailures).Select(minute => SampleRun.Now.AddMinutes(-minute))));
    }

    [Test]
    public void Add_RunsOnTwoDays_CountsEachOnItsDay()
    {
        var job = Of(SampleRun.Create(startedAt: SampleRun.Now.AddDays(-1)), SampleRun.Create(), SampleRun.Create()).Jobs.Single();

        Assert.That(
            Enumerable.Range(0, Month.Count).Where(step => job[step] is not null).Select(step => job[step]!.Runs), Is.EqualTo([1, 2]));
    }

    [Test]
    public void Add_MoreNamesThanJobs_AddsUpTheRest()
    {
        var activity = Of([.. Enumerable.Range(0, 1000).Select(index => SampleRun.Create($"job-{index}"))]);

        Assert.That(activity.Jobs, Has.Count.EqualTo(Activity.MaxJobs + 1));
        Assert.That(activity.Jobs.Single(job => job.Name == Activity.OtherJobs).Total.Runs, Is.EqualTo(1000 - Activity.MaxJobs));
    }

    [Test]
    public void FirstStep_WeeksBeforeTheFirstRun_AreLeftOut()
    {
        var activity = new Activity(Timeline.Create(SampleRun.Now.AddDays(-1000), SampleRun.Now, TimeZoneInfo.Utc));
        activity.Add(SampleRun.Create(startedAt: SampleRun.Now.AddDays(-20)));

        Assert.That(
            activity.Timeline.StartOf(activity.FirstStep).Date, Is.EqualTo(new DateTime(2026, 11, 2, 0, 0, 0, DateTimeKind.Unspecified)));
    }

    [Test]
    public async Task ReadAsync_OneJob_ReadsNoOther()
    {
        var history =
            new ListedHistory([SampleRun.Create("a"), SampleRun.Create("b"), SampleRun.Create("a", startedAt: SampleRun.Now.AddDays(-31))]);

        var activity = await Activity.ReadAsync(history, "a", Month, CancellationToken.None);

        Assert.That(activity.Jobs.Select(job => (job.Name, job.Total.Runs)), Is.EqualTo([("a", 1)]));
    }

    [Test]
    public async Task ReadAsync_HundredThousandRuns_KeepsLittle()
    {
        var longText = new string('x', 4000);
        var runs = Enumerable.Range(0, 100_000).Select(index => SampleRun.Create(
            $"job-{index % 7}", index % 50 == 0 ? JobStatus.Failed : JobStatus.Succeeded, SampleRun.Now.AddSeconds(-20 * index), 37 * (
                index % 1000), summary: longText + index));

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var activity = await Activity.ReadAsync(new ListedHistory(runs), null, Month, CancellationToken.None);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;

        TestContext.Out.WriteLine($"{kept:N0} bytes");
        Assert.That(activity.All.Total.Runs, Is.EqualTo(100_000));
        Assert.That(kept, Is.LessThan(20_000_000));
    }

    private static Activity Of(params ReadOnlySpan<RunRecord> runs)
    {
        var activity = new Activity(Month);
        foreach (var run in runs)
        {
            activity.Add(run);
        }

        return activity;
    }
}
