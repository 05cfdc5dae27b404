using Dispatcher.Hosting;
using Dispatcher.Testing;
using Dispatcher.Tool.Tests;

namespace Dispatcher.Sqlite.Tests;

/// <summary>Opens a history that an earlier version kept as JSON lines.</summary>
public sealed class RunImportTests
{
    private TemporaryFolder _folder = null!;

    private string Lines => Path.Combine(_folder.Path, "runs.jsonl");

    private string Kept => $"{Lines}.imported";

    private IEnumerable<string?> Files => Directory.GetFiles(_folder.Path).Select(Path.GetFileName);

    private RunFile Store => new(Path.Combine(_folder.Path, "runs.db"), TimeProvider.System);

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task ListAsync_LinesAreThere_ImportsThemAndKeepsTheFileUnderANewName()
    {
        await AppendAsync(Run("first", 1), Run("second", 2));
        var content = await File.ReadAllBytesAsync(Lines);

        Assert.That(await RunFileTests.SummariesAsync(Store), Is.EqualTo(new[] { "second", "first" }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await File.ReadAllBytesAsync(Kept), Is.EqualTo(content));
            Assert.That(Files, Is.EquivalentTo(new[] { "runs.db", "runs.jsonl.imported" }));
            Assert.That(Store.Omissions, Is.Empty);
        }
    }

    [Test]
    public async Task ListAsync_ImportedRecord_IsTheSame()
    {
        var run = Run("Quotes \" and 'ß' and 😀", 1) with
        {
            Errors = [new ItemError("s3://bucket/key", "AccessDenied")], ItemErrorCount = 4_711,
        };
        await AppendAsync(run);

        var read = await Store.FindAsync(run.RunId);

        Assert.That(RunRecordJson.Serialize(read!).ToArray(), Is.EqualTo(RunRecordJson.Serialize(run).ToArray()));
    }

    [Test]
    public async Task ListAsync_GarbageOfEveryKind_HidesNoRunAndIsCountedAndNamed()
    {
        await AppendAsync(Run("first", 1));
        await File.AppendAllBytesAsync(Lines, [0xFF, 0x00, 0x1B, (byte)'\n', (byte)'\n', (byte)' ', (byte)'\r', (byte)'\n']);
        await File.AppendAllTextAsync(Lines, $"{new string('x', 5_000_000)}\n");
        await File.AppendAllTextAsync(Lines, $"{{\"job\":\"{new string('[', 5_000_000)}\n");
        await File.AppendAllTextAsync(Lines, $"{new string('[', 5_000_000)}\n{{}}\n");
        await AppendAsync(Run(new string('y', 5_000_000), 2));
        await File.AppendAllTextAsync(Lines, "{\"job\":\"daily-uptime\",\"runId\":\"01a2");
        var store = Store;

        Assert.That((await RunFileTests.SummariesAsync(store)).Select(summary => summary.Length), Is.EqualTo(new[] { 5_000_000, 5 }));
        Assert.That(
            store.Omissions,
            Is.EqualTo(new[]
            {
                $"6 lines of {Kept} cannot be read as a run and were not imported: 2, 5, 6, 7, 8, …. All other runs are shown. Delete the "
                + "file if you do not need it.",
            }));

        await store.FindAsync("01a2");
        Assert.That(store.Omissions, Has.Count.EqualTo(1), "as long as the lines are there");
        File.Delete(Kept);
        await store.FindAsync("01a2");
        Assert.That(store.Omissions, Is.Empty);
    }

    [Test]
    public async Task WriteAsync_LinesAreThere_ImportsThemFirst()
    {
        await AppendAsync(Run("old", 1));

        await Store.WriteAsync(Run("new", 2), CancellationToken.None);

        Assert.That(await RunFileTests.SummariesAsync(Store), Is.EqualTo(new[] { "new", "old" }));
    }

    [Test]
    public async Task Import_KilledBeforeTheFileWasRenamed_IsRepeatedAndDoublesNothing()
    {
        var run = Run("old", 1);
        await AppendAsync(run);
        await RunFileTests.SummariesAsync(Store);
        await Store.WriteAsync(run with { Summary = "written since" }, CancellationToken.None);
        File.Move(Kept, Lines);

        Assert.That(await RunFileTests.SummariesAsync(Store), Is.EqualTo(new[] { "written since" }));
        Assert.That(File.Exists(Lines), Is.False);
    }

    [Test]
    public async Task Import_AnEarlierVersionWroteAgain_ImportsThoseToo()
    {
        await AppendAsync(Run("old", 1));
        await RunFileTests.SummariesAsync(Store);
        await AppendAsync(Run("by the old tool", 2));

        Assert.That(await RunFileTests.SummariesAsync(Store), Is.EqualTo(new[] { "by the old tool", "old" }));
        Assert.That(File.Exists($"{Kept}-2"), Is.True);
    }

    [Test]
    public async Task Import_ManyAtOnce_OneDoesIt()
    {
        await AppendAsync([.. Enumerable.Range(0, 300).Select(minute => Run($"{minute}", minute))]);

        var readings = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => RunFileTests.SummariesAsync(Store))));

        Assert.That(readings, Has.All.Count.EqualTo(300));

        // SQLite deletes its own files with the last connection, unless others are being closed at the same moment.
        Assert.That(Files.Where(static name => !name!.StartsWith("runs.db-", StringComparison.Ordinal)),
            Is.EquivalentTo(new[] { "runs.db", "runs.jsonl.imported" }));
    }

    [Test]
    public async Task Import_AnEarlierVersionAppends_WaitsForItsLine()
    {
        await AppendAsync(Run("old", 1));
        Task<List<string>> reading;
        await using (new FileStream($"{Lines}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            reading = RunFileTests.SummariesAsync(Store);
            Assert.That(File.Exists(Kept), Is.False);
            await AppendAsync(Run("appended", 2));
        }

        Assert.That(await reading, Is.EqualTo(new[] { "appended", "old" }));
    }

    private static RunRecord Run(string summary, int minute) =>
        RunRecordBuilder.Create("daily-uptime", DateTimeOffset.UnixEpoch.AddYears(50).AddMinutes(minute)) with { Summary = summary };

    private async Task AppendAsync(params RunRecord[] runs)
    {
        await using var file = new FileStream(Lines, FileMode.Append);
        foreach (var run in runs)
        {
            await file.WriteAsync(RunRecordJson.Serialize(run));
            file.WriteByte((byte)'\n');
        }
    }
}
