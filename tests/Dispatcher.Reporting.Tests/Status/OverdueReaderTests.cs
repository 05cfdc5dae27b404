using Dispatcher.Reporting.Status;
using Dispatcher.Testing;

namespace Dispatcher.Reporting.Tests.Status;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OverdueReaderTests
{
    private static readonly DateTimeOffset Now = SampleRun.Now;
    private static readonly SuccessLimit Weekly = new("start-task", "weekly", TimeSpan.FromDays(8), "Watch:Weekly:MaxHours");

    private readonly MemoryRunStore _store = new(new TestClock(Now));

    [TestCase(7.9, false)]
    [TestCase(8.1, true)]
    [TestCase(20, true)]
    public async Task ReadAsync_TaskBesideOneThatRunsOften_IsJudgedByItsOwnSuccess(double daysAgo, bool expected)
    {
        await WriteAsync([
            Run("weekly", Now.AddDays(-daysAgo)),
            .. Enumerable.Range(1, 200).Select(static hour => Run("hourly", Now.AddHours(-hour))),
        ]);

        var state = (await ReadAsync([Weekly])).Single();

        Assert.That((state.Job, state.Task, state.IsOverdue), Is.EqualTo(("start-task", "weekly", expected)));
        Assert.That(
            state.Reason, Is.EqualTo(expected ? "task weekly: no success within 8 d, the limit of Watch:Weekly:MaxHours" : string.Empty));
    }

    [TestCase(JobStatus.Failed)]
    [TestCase(JobStatus.Partial)]
    [TestCase(JobStatus.Planned)]
    [TestCase(JobStatus.Continued)]
    [TestCase(JobStatus.Skipped)]
    public async Task ReadAsync_RunWithoutASuccess_DoesNotCount(JobStatus status)
    {
        await WriteAsync(Run("weekly", Now.AddDays(-1), status));

        Assert.That((await ReadAsync([Weekly])).Single().IsOverdue, Is.True);
    }

    [Test]
    public async Task ReadAsync_LimitOfTheJob_ReplacesItsRhythm()
    {
        await WriteAsync([.. Enumerable.Range(30, 20).Select(static hour => SampleRun.Create("hourly", startedAt: Now.AddHours(-hour)))]);
        var limit = new SuccessLimit("hourly", null, TimeSpan.FromHours(48), "Watch:hourly:MaxHours");

        Assert.That((await ReadAsync([limit], ["hourly"])).Select(static state => state.IsOverdue), Is.EqualTo(new[] { false }));
        Assert.That((await ReadAsync([], ["hourly"])).Select(static state => state.IsOverdue), Is.EqualTo(new[] { true }));
        Assert.That(await ReadAsync([], ["hourly"], byRhythm: false), Is.Empty);
    }

    [Test]
    public async Task ReadAsync_StatusOfTheSameRuns_SaysTheSame()
    {
        await WriteAsync(Run("hourly", Now.AddHours(-1)));

        var board = await new StatusReader(_store).ReadAsync(new StatusRequest { Registered = ["start-task"], Limits = [Weekly] }, Now);

        Assert.That(
            board.Jobs.Select(static job => (job.Verdict, job.NeedsPerson, job.Reason)),
            Is.EqualTo(new[] { (JobVerdict.Overdue, true, "task weekly: no success within 8 d, the limit of Watch:Weekly:MaxHours") }));
    }

    private static RunRecord Run(string task, DateTimeOffset at, JobStatus status = JobStatus.Succeeded) =>
        SampleRun.Create("start-task", status, at, dryRun: status == JobStatus.Planned, runId: Guid.CreateVersion7(at).ToString()) with
        {
            Task = task,
        };

    private async Task WriteAsync(params RunRecord[] runs)
    {
        foreach (var run in runs)
        {
            await _store.WriteAsync(run, CancellationToken.None);
        }
    }

    private Task<IReadOnlyList<OverdueState>> ReadAsync(SuccessLimit[] limits, string[]? jobs = null, bool byRhythm = true) =>
        new OverdueReader(_store).ReadAsync(new WatchSettings(limits, byRhythm), jobs ?? [], Now);
}
