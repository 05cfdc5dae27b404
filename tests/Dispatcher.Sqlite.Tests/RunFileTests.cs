using Dispatcher.Hosting;
using Dispatcher.IntegrationTests.History;
using Dispatcher.Testing;
using Dispatcher.Tool.Tests;
using Microsoft.Data.Sqlite;

namespace Dispatcher.Sqlite.Tests;

public sealed class RunFileTests
{
    private TemporaryFolder _folder = null!;

    private string FilePath => Path.Combine(_folder.Path, "runs.db");

    private RunFile Store => new(FilePath, TimeProvider.System);

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Leases_ManyProcesses_HaveOneHolderAtATimeAndLoseNoRecord()
    {
        var runs = await RunStoreContest.RunAsync("file", FilePath, processes: 8, turns: 15, slots: 40, killed: 2);

        await RunStoreContest.AssertRecordedAsync(Store, runs);
    }

    [Test]
    public async Task WriteAsync_280RunsByManyWriters_AreAllRecorded()
    {
        var start = DateTimeOffset.UnixEpoch.AddYears(50);
        var records = Enumerable.Range(0, 280).Select(minute => RunRecordBuilder.Create(startedAt: start.AddMinutes(minute))).ToList();

        await Task.WhenAll(records.Select(record => Task.Run(() => Store.WriteAsync(record, CancellationToken.None))));

        await RunStoreContest.AssertRecordedAsync(Store, [.. records.Select(static record => record.RunId)]);
    }

    [Test]
    public async Task ListAsync_NoFile_IsEmptyAndCreatesNone()
    {
        Assert.That(await SummariesAsync(Store), Is.Empty);
        Assert.That(await Store.FindAsync("01a2"), Is.Null);
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public async Task WriteAsync_NoFolder_CreatesItAndLeavesOneFile()
    {
        var store = new RunFile(Path.Combine(_folder.Path, "a", "b", "runs.db"), TimeProvider.System);

        await store.WriteAsync(RunRecordBuilder.Create(), CancellationToken.None);

        Assert.That(
            Directory.GetFileSystemEntries(Path.Combine(_folder.Path, "a", "b")).Select(Path.GetFileName), Is.EqualTo(new[] { "runs.db" }));
    }

    [Test]
    public void WriteAsync_NoFolderCanBeMade_SaysWhatToDo()
    {
        _folder.Write("way", "a file where the folder should be");
        var store = new RunFile(Path.Combine(_folder.Path, "way", "runs.db"), TimeProvider.System);

        Assert.That(
            () => store.WriteAsync(RunRecordBuilder.Create(), CancellationToken.None),
            Throws.TypeOf<PermanentJobException>().With.Message.StartsWith($"the run is not recorded in '{_folder.Path}/way/runs.db': ")
                .And.Message.Contains("set RUNS_FILE to a file elsewhere, or set RUNS_TABLE"));
    }

    [TestCase("this is not a database, however long it is ")]
    [TestCase("SQLite format 3\0damaged after the beginning ")]
    public void Operation_FileIsDamaged_NamesItAndTheWayOut(string content)
    {
        _folder.Write("runs.db", string.Concat(Enumerable.Repeat(content, 200)));
        var expected = $"'{FilePath}': the file is damaged or is not an SQLite database (";

        Assert.That(
            () => SummariesAsync(Store),
            Throws.TypeOf<PermanentJobException>().With.Message.StartsWith($"the runs cannot be read from {expected}")
                .And.Message.Contains($"Move it away, for example to '{FilePath}.damaged'"));
        Assert.That(
            () => Store.AcquireAsync(new LeaseRequest("job", "key", "run", DateTimeOffset.UtcNow)),
            Throws.TypeOf<PermanentJobException>().With.Message.StartsWith($"the lease 'key' of job 'job' cannot be taken in {expected}"));
    }

    [Test]
    public async Task ListAsync_PagesAreDamaged_SaysSo()
    {
        for (var run = 0; run < 50; run++)
        {
            await Store.WriteAsync(RunRecordBuilder.Create() with { Summary = new string('s', 2_000) }, CancellationToken.None);
        }

        var bytes = await File.ReadAllBytesAsync(FilePath);
        Array.Fill(bytes, (byte)0xAA, 4_096 * 8, 4_096 * 20);
        await File.WriteAllBytesAsync(FilePath, bytes);

        Assert.That(() => SummariesAsync(Store), Throws.TypeOf<PermanentJobException>().With.Message.Contains("the file is damaged"));
    }

    [Test]
    public async Task Operation_FileIsOfANewerVersion_SaysSoAndChangesNothing()
    {
        await Store.WriteAsync(RunRecordBuilder.Create(), CancellationToken.None);
        Execute("PRAGMA user_version = 7");

        Assert.That(
            () => SummariesAsync(Store),
            Throws.TypeOf<PermanentJobException>().With.Message.EqualTo(
                $"{FilePath} was written by a newer version of the dispatcher (format 7; this version reads 1). Update this tool, or set "
                + "RUNS_FILE to another file."));
    }

    [Test]
    public void Operation_DatabaseOfAnotherProgram_SaysSoAndChangesNothing()
    {
        Execute("CREATE TABLE customers (name TEXT)");

        Assert.That(
            () => Store.WriteAsync(RunRecordBuilder.Create(), CancellationToken.None),
            Throws.TypeOf<PermanentJobException>().With.Message.StartsWith($"{FilePath} is an SQLite database of another program."));
    }

    [Test]
    public async Task WriteAsync_FileIsLocked_WaitsUntilItIsFree()
    {
        await Store.WriteAsync(RunRecordBuilder.Create(), CancellationToken.None);
        await using var other = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        await other.OpenAsync();
        var transaction = other.BeginTransaction(deferred: false);
        var writing = Store.WriteAsync(RunRecordBuilder.Create() with { Summary = "Waited." }, CancellationToken.None);
        Assert.That(await SummariesAsync(Store), Has.Count.EqualTo(1), "readers do not wait");
        Assert.That(writing.IsCompleted, Is.False);

        await transaction.DisposeAsync();
        await writing;

        Assert.That(await SummariesAsync(Store), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task WriteAsync_CanceledWhileTheFileIsLocked_EndsSoon()
    {
        await Store.WriteAsync(RunRecordBuilder.Create(), CancellationToken.None);
        await using var other = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        await other.OpenAsync();
        await using var transaction = other.BeginTransaction(deferred: false);
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.That(() => Store.WriteAsync(RunRecordBuilder.Create(), source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task ListAsync_TenThousandRuns_TakesLittleMemory()
    {
        await Store.WriteAsync(RunRecordBuilder.Create() with { Summary = new string('s', 3_000) }, CancellationToken.None);
        Execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
            + "INSERT INTO runs SELECT 'ff' || i, job, started_at, status, record FROM runs, n");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var before = GC.GetTotalAllocatedBytes();

        var count = (await SummariesAsync(Store, limit: 20)).Count;

        var allocated = GC.GetTotalAllocatedBytes() - before;
        TestContext.Out.WriteLine($"{watch.ElapsedMilliseconds} ms, {allocated / 1e6:0.0} MB allocated");
        Assert.That(count, Is.EqualTo(20));
        Assert.That(allocated, Is.LessThan(5_000_000));
    }

    [Test]
    public async Task AcquireAsync_RowsThatExpired_AreDeleted()
    {
        var clock = new TestClock();
        var store = new RunFile(FilePath, clock);
        for (var slot = 0; slot < 5; slot++)
        {
            var lease = (await store.AcquireAsync(new LeaseRequest("job", $"slot:{slot}", "run", clock.GetUtcNow()))).Lease!;
            var outcome = new LeaseOutcome("run", JobStatus.Succeeded, clock.GetUtcNow(), clock.GetUtcNow().AddDays(7));
            await store.EndAsync([new LeaseEnd(lease, outcome)]);
        }

        clock.Advance(TimeSpan.FromDays(7));
        await store.AcquireAsync(new LeaseRequest("job", "slot:new", "run", clock.GetUtcNow()));

        using var connection = Open();
        Assert.That(connection.Read<string>("SELECT group_concat(key) FROM leases"), Is.EqualTo("slot:new"));
    }

    internal static async Task<List<string>> SummariesAsync(IRunHistory history, int limit = int.MaxValue)
    {
        var summaries = new List<string>();
        await foreach (var run in history.ListAsync(new RunQuery()))
        {
            summaries.Add(run.Summary);
            if (summaries.Count == limit)
            {
                break;
            }
        }

        return summaries;
    }

    private void Execute(string sql)
    {
        using var connection = Open();
        connection.Execute(sql);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        connection.Open();
        return connection;
    }
}
