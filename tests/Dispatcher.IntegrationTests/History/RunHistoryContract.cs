using Dispatcher.Hosting;
using Dispatcher.Testing;

namespace Dispatcher.IntegrationTests.History;

/// <summary>Holds every store of runs to the same promises.</summary>
public abstract class RunHistoryContract
{
    protected const string FirstJob = "contract-first";
    protected const string SecondJob = "contract-second";

    /// <summary>A job that no reader has registered.</summary>
    private const string ForeignJob = "contract-foreign";

    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(
        DateTimeOffset.UtcNow.ToUnixTimeSeconds()).AddDays(-2);

    private IRunSink _sink = null!;
    private IRunHistory _history = null!;

    [SetUp]
    public async Task CreateStoreAsync() => (_sink, _history) = await CreateAsync();

    [Test]
    public async Task ListAsync_NothingWritten_IsEmpty()
    {
        Assert.That(await ListAsync(new RunQuery()), Is.Empty);
    }

    [Test]
    public async Task ListAsync_RunsOfTwoJobs_AreNewestFirst()
    {
        // Written in the order of their ends, which is another one.
        var runs = await WriteAsync(
            Run(SecondJob, minute: 2), Run(FirstJob, minute: 1), Run(FirstJob, minute: 4), Run(SecondJob, minute: 3));

        Assert.That((await ListAsync(new RunQuery())).Select(run =>
            run.RunId), Is.EqualTo(new[] { runs[2], runs[3], runs[0], runs[1] }.Select(run => run.RunId)));
    }

    [Test]
    public async Task ListAsync_JobSinceAndStatus_Narrow()
    {
        var runs = await WriteAsync(
            Run(FirstJob, minute: 1, JobStatus.Failed), Run(
                FirstJob, minute: 2, JobStatus.Failed), Run(FirstJob, minute: 3), Run(SecondJob, minute: 4, JobStatus.Failed));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await IdsAsync(new RunQuery { Job = FirstJob }), Is.EqualTo(new[] { runs[2].RunId, runs[1].RunId, runs[0].RunId }));
            Assert.That(await IdsAsync(
                new RunQuery { Status = JobStatus.Failed }), Is.EqualTo(new[] { runs[3].RunId, runs[1].RunId, runs[0].RunId }));
            Assert.That(await IdsAsync(
                new RunQuery { Since = runs[1].StartedAt }), Is.EqualTo(new[] { runs[3].RunId, runs[2].RunId, runs[1].RunId }));
            Assert.That(
                await IdsAsync(new RunQuery { Since = runs[0].StartedAt.AddMilliseconds(1), Job = FirstJob, Status = JobStatus.Failed }),
                Is.EqualTo(new[] { runs[1].RunId }));
        }
    }

    [Test]
    public async Task ListAsync_EveryStatus_ComesBackAsItWas([Values] JobStatus status)
    {
        var written = (await WriteAsync(Run(FirstJob, minute: 1, status) with
        {
            DryRun = status == JobStatus.Planned,
            Summary = "Quotes \" and 'ß' and 😀\nand a line.",
            Counts = new Dictionary<string, long> { ["cleaned"] = 3 },
            Errors = [new ItemError("s3://bucket/key", "AccessDenied")],
            ItemErrorCount = 4_711,
            Changes = new ChangesSummary(5, 4, 1, 123, [new ChangeItem("s3:DeleteObject", "s3://bucket/key", "expired")], true)
            {
                ByAction = new Dictionary<string, long> { ["s3:DeleteObject"] = 4 },
            },
        }))[0];

        var read = (await ListAsync(new RunQuery { Status = status })).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(RunRecordJson.Serialize(read).ToArray(), Is.EqualTo(RunRecordJson.Serialize(written).ToArray()));
            Assert.That(read.ItemErrorCount, Is.EqualTo(4_711));
            Assert.That(read.Changes.ByAction, Is.EqualTo(written.Changes.ByAction));
        }
    }

    [Test]
    public async Task FindAsync_IdOrItsBeginning_FindsTheRun()
    {
        var runs = await WriteAsync(Run(FirstJob, minute: 1), Run(SecondJob, minute: 2));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await _history.FindAsync(runs[1].RunId))?.Job, Is.EqualTo(SecondJob));
            Assert.That((await _history.FindAsync(runs[0].RunId[..18]))?.RunId, Is.EqualTo(runs[0].RunId));
            Assert.That((await _history.FindAsync(runs[0].RunId.ToUpperInvariant()))?.RunId, Is.EqualTo(runs[0].RunId));
        }
    }

    [Test]
    public async Task ListAsync_JobIsNotRegistered_ItsRunsAreFoundLikeOthers()
    {
        var runs = await WriteAsync(
            Run(FirstJob, minute: 1), Run(ForeignJob, minute: 2), Run(SecondJob, minute: 3), Run(ForeignJob, minute: 4));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await IdsAsync(new RunQuery()), Is.EqualTo(runs.Reverse().Select(run => run.RunId)));
            Assert.That(await IdsAsync(new RunQuery { Job = ForeignJob }), Is.EqualTo(new[] { runs[3].RunId, runs[1].RunId }));
            Assert.That((await _history.FindAsync(runs[1].RunId))?.Job, Is.EqualTo(ForeignJob));
            Assert.That((await _history.FindAsync(runs[3].RunId[..18]))?.RunId, Is.EqualTo(runs[3].RunId));
            Assert.That(_history.Omissions, Is.Empty);
        }
    }

    [TestCase("no JSON \u0000\u001b")]
    [TestCase("{}")]
    [TestCase("[1,2]")]
    [TestCase("{\"job\":\"contract-first\",\"runId\":{},\"status\":7}")]
    [TestCase("{\"job\":\"contract-first\",\"runId\":\"ffffffff-0000-7000-8000-000000000000\",\"status\":\"failed\",\"startedAt\":\"2026-11-22T03:00:00Z\"}")]
    [TestCase("{\"job\":\"contract-first\",\"runId\":\"ffffffff-0000-7000-8000-000000000000\",\"status\":\"failed\",\"startedAt\":\"2026-11-22T03:00:00Z\",\"durationMs\":9e99,\"summary\":\"\",\"counts\":{},\"changes\":{\"items\":[]},\"errors\":[]}")]
    [TestCase("{\"job\":\"contract-first\",\"runId\":\"ffffffff-0000-7000-8000-000000000000\",\"status\":\"failed\",\"startedAt\":\"2026-11-22T03:00:00Z\",\"durationMs\":9223372036854775807,\"summary\":\"\",\"counts\":{},\"changes\":{\"items\":[]},\"errors\":[]}")]
    [TestCase("{\"job\":\"contract-first\",\"runId\":\"ffffffff-0000-7000-8000-000000000000\",\"status\":\"failed\",\"startedAt\":\"2026-11-22T03:00:00Z\",\"summary\":\"\",\"counts\":{},\"changes\":{\"items\":[null]},\"errors\":[]}")]
    [TestCase("{\"job\":\"contract-first\",\"runId\":\"ffffffff-0000-7000-8000-000000000000\",\"status\":\"failed\",\"startedAt\":\"2026-11-22T03:00:00Z\",\"summary\":\"\\ud800\",\"counts\":{},\"changes\":{\"items\":[]},\"errors\":[]}")]
    [TestCase("{\"job\":\"contract-first\",\"runId\":\"ffffffff-0000-7000-8000-000000000000\",\"status\":\"failed\",\"startedAt\":\"2026-11-22T03:00:00Z\",\"summary\":\"\",\"counts\":{},\"changes\":{\"items\":[]},\"errors\":[],\"byAction\":[]}")]
    public async Task ListAsync_AnEntryIsNotARun_TheOthersAreReadAndItIsTold(string entry)
    {
        var before = await WriteAsync(Run(FirstJob, minute: 1), Run(SecondJob, minute: 2));
        await AddEntryAsync(FirstJob, "ffffffff-0000-7000-8000-000000000000", entry);
        var after = await WriteAsync(Run(FirstJob, minute: 3));

        var ids = (await IdsAsync(new RunQuery())).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ids, Is.EqualTo(new[] { after[0].RunId, before[1].RunId, before[0].RunId }));
            Assert.That(_history.Omissions, Has.Count.EqualTo(1));
            Assert.That(_history.Omissions[0], Does.StartWith("1 ").And.Contain("cannot be read as a run and was skipped: "));
            Assert.That((await _history.FindAsync(before[0].RunId))?.RunId, Is.EqualTo(before[0].RunId));
            Assert.That(await _history.FindAsync("ffffffff"), Is.Null);
        }
    }

    [Test]
    public async Task FindAsync_SeveralBeginSo_NamesThem()
    {
        var runs = await WriteAsync(Run(FirstJob, minute: 1), Run(SecondJob, minute: 2));

        Assert.That(
            () => _history.FindAsync(runs[0].RunId[..4]),
            Throws.TypeOf<AmbiguousRunException>().With.Message.Contains(runs[0].RunId).And.Message.Contains(runs[1].RunId));
    }

    [TestCase("00000000-0000-7000-8000-000000000000")]
    [TestCase("zzz")]
    public async Task FindAsync_NoSuchRun_IsNull(string id)
    {
        await WriteAsync(Run(FirstJob, minute: 1));

        Assert.That(await _history.FindAsync(id), Is.Null);
    }

    protected abstract Task<(IRunSink Sink, IRunHistory History)> CreateAsync();

    /// <summary>Puts something into the store that the dispatcher did not write.</summary>
    protected abstract Task AddEntryAsync(string job, string runId, string entry);

    protected static RunRecord Run(string job, int minute, JobStatus status = JobStatus.Succeeded) =>
        RunRecordBuilder.Create(job, Start.AddMinutes(minute), status);

    private async Task<RunRecord[]> WriteAsync(params RunRecord[] runs)
    {
        foreach (var run in runs)
        {
            await _sink.WriteAsync(run, CancellationToken.None);
        }

        return runs;
    }

    private async Task<List<RunRecord>> ListAsync(RunQuery query)
    {
        var runs = new List<RunRecord>();
        await foreach (var run in _history.ListAsync(query))
        {
            runs.Add(run);
        }

        return runs;
    }

    private async Task<IEnumerable<string>> IdsAsync(RunQuery query) => (await ListAsync(query)).Select(run => run.RunId);
}
