using Dispatcher.Hosting;
using Dispatcher.Reporting.Status;
using Dispatcher.Testing;

namespace Dispatcher.Reporting.Tests.Status;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StatusReaderTests
{
    private static readonly DateTimeOffset Now = SampleRun.Now;

    private readonly MemoryRunStore _store = new(new TestClock(Now));

    [Test]
    public async Task ReadAsync_EveryWayToKnowAJob_ShowsTheOnesThatNeedAPersonFirst()
    {
        await WriteAsync(
            SampleRun.Create("a-well"),
            SampleRun.Create("b-failing", JobStatus.Failed),
            SampleRun.Create("c-unknown", startedAt: Now.AddDays(-40)));
        var board = await ReadAsync(new StatusRequest
        {
            Registered = ["a-well", "b-failing", "d-registered"],
            Schedules = new Dictionary<string, JobSchedule>
            {
                ["e-scheduled"] = new() { Expected = [Now.AddDays(-1)], Next = Now.AddHours(1) },
                ["a-well"] = new() { Next = Now.AddHours(2) },
            },
            Pauses = new Dictionary<string, JobPause> { ["f-paused"] = new("disabled in the template") },
        });

        Assert.That(board.Jobs.Select(static job => (job.Job, job.Verdict, job.NeedsPerson)), Is.EqualTo(new[]
        {
            ("b-failing", JobVerdict.Failing, true),
            ("e-scheduled", JobVerdict.NeverRan, true),
            ("d-registered", JobVerdict.NeverRan, false),
            ("a-well", JobVerdict.Well, false),
            ("f-paused", JobVerdict.Paused, false),
            ("c-unknown", JobVerdict.Retired, false),
        }));
        Assert.That(board.NeedingPerson.Select(static job => job.Job), Is.EqualTo(new[] { "b-failing", "e-scheduled" }));
        Assert.That((board.NeedsPerson, board.IsGood), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task ReadAsync_OneJob_ShowsItAlone()
    {
        await WriteAsync(SampleRun.Create("a-well"), SampleRun.Create("b-failing", JobStatus.Failed));
        var request = new StatusRequest { Registered = ["a-well", "b-failing"] };

        var board = await ReadAsync(request with { Job = "a-well" });
        Assert.That((board.Jobs.Single().Job, board.IsGood), Is.EqualTo(("a-well", true)));
        Assert.That((await ReadAsync(request with { Job = "c-none" })).Jobs.Single().Verdict, Is.EqualTo(JobVerdict.NeverRan));
    }

    [Test]
    public async Task ReadAsync_LeaseAtWork_ShowsTheRun()
    {
        await _store.AcquireAsync(new LeaseRequest("a-well", "slot:1", "01a2", Now.AddSeconds(45)));

        var board = await ReadAsync(new StatusRequest { Registered = ["a-well"] });
        Assert.That(board.Jobs.Single().Verdict, Is.EqualTo(JobVerdict.Running));
        Assert.That(board.Jobs.Single().Running.Single(), Is.EqualTo(new LeaseHolder("01a2", Now, Now.AddSeconds(45))));
        Assert.That(board.IsGood, Is.True);
    }

    [Test]
    public async Task ReadAsync_SuccessBeforeManyFailures_IsFound()
    {
        await WriteAsync([.. Enumerable.Range(1, 100).Select(static hour =>
            SampleRun.Create("a-well", JobStatus.Failed, Now.AddHours(-hour), runId: $"{Now.AddHours(-hour):yyyyMMddHHmm}"))]);
        await WriteAsync(SampleRun.Create("a-well", startedAt: Now.AddHours(-200), runId: "2026"));
        await WriteAsync(SampleRun.Create("a-well", startedAt: Now.AddHours(-300), runId: "2025"));

        var health = (await ReadAsync(new StatusRequest())).Jobs.Single();
        Assert.That(health.LastSuccess?.RunId, Is.EqualTo("2026"));
        Assert.That(health.Reason, Does.StartWith("failed at least 30 times in a row"));
    }

    [Test]
    public async Task ReadAsync_NothingKnown_IsNotGood()
    {
        var board = await ReadAsync(new StatusRequest());

        Assert.That((board.Jobs.Count, board.NeedsPerson, board.IsGood), Is.EqualTo((0, false, false)));
    }

    [Test]
    public async Task ReadAsync_RunWithoutAnEnd_NeedsAPersonUntilARealRunFollows()
    {
        await WriteAsync(SampleRun.Create("a-well", startedAt: Now.AddHours(-3)));
        var request = new StatusRequest { Unfinished = [new UnfinishedRun("01a2", "a-well", Now.AddHours(-2)) { HasChanges = true }] };

        var health = (await ReadAsync(request)).Jobs.Single();
        Assert.That((health.Verdict, health.NeedsPerson), Is.EqualTo((JobVerdict.Unfinished, true)));
        Assert.That(
            health.Reason,
            Is.EqualTo("run 01a2 started 2 h ago and has no end: its process was probably killed, after its first change had begun"));
        Assert.That(health.NextCommand, Is.EqualTo("audit 01a2"));

        await WriteAsync(SampleRun.Create("a-well", startedAt: Now.AddHours(-1), runId: "01a3"));
        Assert.That((await ReadAsync(request)).Jobs.Single().Unfinished, Is.Null);
    }

    [Test]
    public async Task ReadAsync_RunWithoutAnEndOfAJobThatNeverRan_IsNotNeverRan()
    {
        var board = await ReadAsync(
            new StatusRequest { Unfinished = [new UnfinishedRun("01a2", "a-new", Now.AddMinutes(-5)) { HasChanges = false }] });

        Assert.That(board.Jobs.Single().Verdict, Is.EqualTo(JobVerdict.Unfinished));
        Assert.That(board.Jobs.Single().Reason, Does.EndWith("its process was probably killed, before its first change"));
        Assert.That(board.Jobs.Single().NextCommand, Is.EqualTo("show 01a2"));
    }

    [Test]
    public async Task ReadAsync_RunWithoutALeaseAtWork_IsRunning()
    {
        var board = await ReadAsync(
            new StatusRequest { Unfinished = [new UnfinishedRun("01a2", "a-new", Now.AddMinutes(-5)) { IsAtWork = true }] });

        Assert.That((board.Jobs.Single().Verdict, board.Jobs.Single().Unfinished), Is.EqualTo((JobVerdict.Running, (UnfinishedRun?)null)));
        Assert.That(board.Jobs.Single().Running.Single().RunId, Is.EqualTo("01a2"));
    }

    [Test]
    public async Task ReadAsync_RunWithoutAnEndOfAPausedJob_IsInTheReason()
    {
        var health = (await ReadAsync(new StatusRequest
        {
            Pauses = new Dictionary<string, JobPause> { ["a-paused"] = new("month end") },
            Unfinished = [new UnfinishedRun("01a2", "a-paused", Now.AddMinutes(-5)) { HasChanges = false }],
        })).Jobs.Single();

        Assert.That((health.Verdict, health.NextCommand), Is.EqualTo((JobVerdict.Paused, "show 01a2")));
        Assert.That(health.Reason, Does.StartWith("month end; run 01a2 started 5 min ago and has no end"));
    }

    private Task<StatusBoard> ReadAsync(StatusRequest request) => new StatusReader(_store).ReadAsync(request, Now);

    private async Task WriteAsync(params RunRecord[] runs)
    {
        foreach (var run in runs)
        {
            await _store.WriteAsync(run, CancellationToken.None);
        }
    }
}
