using Dispatcher.Hosting;
using Dispatcher.Tool.History;

namespace Dispatcher.Tool.Tests.History;

public sealed class FileRunHistoryTests
{
    private TemporaryFolder _folder = null!;

    private string FilePath => Path.Combine(_folder.Path, "runs.jsonl");

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task WriteAsync_TheLastLineIsTorn_TheNewRunAndThoseBeforeAreRead()
    {
        var history = new FileRunHistory(FilePath);
        await history.WriteAsync(SampleRun.Create(summary: "first"), CancellationToken.None);
        await File.AppendAllTextAsync(FilePath, """{"job":"daily-uptime","runId":"01a2""");
        Assert.That(await SummariesAsync(history), Is.EqualTo(new[] { "first" }));

        await history.WriteAsync(SampleRun.Create(summary: "second", startedAt: DateTimeOffset.UtcNow.AddDays(1)), CancellationToken.None);

        Assert.That(await SummariesAsync(history), Is.EqualTo(new[] { "second", "first" }));
    }

    [Test]
    public async Task ListAsync_GarbageOfEveryKind_HidesNoRunAndIsCountedAndNamed()
    {
        var history = new FileRunHistory(FilePath);
        await history.WriteAsync(SampleRun.Create(summary: "first"), CancellationToken.None);
        await File.AppendAllBytesAsync(FilePath, [0xFF, 0x00, 0x1B, (byte)'\n', (byte)'\n', (byte)' ', (byte)'\r', (byte)'\n']);
        await File.AppendAllTextAsync(FilePath, $"{new string('x', 5_000_000)}\n");
        await File.AppendAllTextAsync(FilePath, $"{{\"job\":\"{new string('[', 5_000_000)}\n");
        await File.AppendAllTextAsync(FilePath, $"{new string('[', 5_000_000)}\n");
        await history.WriteAsync(
            SampleRun.Create(summary: new string('y', 5_000_000), startedAt: DateTimeOffset.UtcNow.AddDays(1)), CancellationToken.None);
        await File.AppendAllTextAsync(FilePath, "{\"job\":\"daily-uptime\",\"runId\":\"01a2");

        Assert.That((await SummariesAsync(history)).Select(summary => summary.Length), Is.EqualTo(new[] { 5_000_000, 5 }));
        Assert.That(
            history.Omissions,
            Is.EqualTo(
                new[] { $"5 lines of {FilePath} cannot be read as a run and were skipped: 2, 5, 6, 7, 9. All other runs are shown." }));
    }

    [Test]
    public async Task Run_TwentyProcessesAtOnce_EachIsRecorded()
    {
        var environment = new Dictionary<string, string> { ["HttpTrigger__AllowedHosts__0"] = "127.0.0.1" };
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".local"));

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => DispatchProcess.RunAsync(
            ["run", "http-trigger", "--dry-run", "-p", "url=http://127.0.0.1:9/"], environment: environment, directory: _folder.Path)));

        Assert.That(results.Select(result => result.ExitCode), Is.All.Zero, results[0].Error);
        var history = new FileRunHistory(Path.Combine(_folder.Path, ".local", "runs.jsonl"));
        Assert.That(await SummariesAsync(history), Has.Count.EqualTo(20));
        Assert.That(history.Omissions, Is.Empty);
    }

    [Test]
    public async Task ListAsync_LinesLongerThanABlock_AreReadWhole()
    {
        var history = new FileRunHistory(FilePath);
        var texts = new[] { new string('ä', 40_000), "short", new string('x', 200_000) };
        for (var index = 0; index < texts.Length; index++)
        {
            await history.WriteAsync(
                SampleRun.Create(
                    summary: texts[index], startedAt: DateTimeOffset.UnixEpoch.AddYears(50).AddDays(-index)), CancellationToken.None);
        }

        Assert.That(await SummariesAsync(history), Is.EqualTo(texts));
    }

    [Test]
    public async Task WriteAsync_SeveralWritersAndReadersAtOnce_NoLineIsLostOrMixed()
    {
        // Each has a handle of its own, as processes have: the locks of the operating system are between handles.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var history = new FileRunHistory(FilePath);
            for (var run = 0; run < 25; run++)
            {
                await history.WriteAsync(SampleRun.Create(summary: $"{writer}/{run} {new string('s', 5_000)}"), CancellationToken.None);
                await SummariesAsync(history);
            }
        })));

        var summaries = await SummariesAsync(new FileRunHistory(FilePath));
        Assert.That(summaries, Has.Count.EqualTo(200));
        Assert.That(summaries.Select(summary => summary.Split(' ')[0]), Is.Unique);
        Assert.That((await File.ReadAllLinesAsync(FilePath)).Length, Is.EqualTo(200));
    }

    [Test]
    public async Task ListAsync_TenThousandRuns_TakesLittleMemoryAndTime()
    {
        var line = RunRecordJson.Serialize(SampleRun.Create(summary: new string('s', 3_000))).ToArray();
        await using (var file = File.Create(FilePath))
        {
            for (var run = 0; run < 10_000; run++)
            {
                file.Write(line);
                file.WriteByte((byte)'\n');
            }
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = (await SummariesAsync(new FileRunHistory(FilePath), limit: 20)).Count;

        TestContext.Out.WriteLine($"{watch.ElapsedMilliseconds} ms, {(GC.GetAllocatedBytesForCurrentThread() - before) / 1e6:0.0} MB "
            + $"allocated for {new FileInfo(FilePath).Length / 1e6:0.0} MB");
        Assert.That(count, Is.EqualTo(20));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(20_000_000));
    }

    [Test]
    public void WriteAsync_NoFolderCanBeMade_SaysWhatToDo()
    {
        File.WriteAllText(Path.Combine(_folder.Path, ".local"), "a file where the folder should be");
        var history = new FileRunHistory(Path.Combine(_folder.Path, ".local", "runs.jsonl"));

        Assert.That(
            () => history.WriteAsync(SampleRun.Create(), CancellationToken.None),
            Throws.InstanceOf<IOException>().With.Message.StartsWith("the run is not recorded in "
                + "'").And.Message.Contains("or set RUNS_TABLE"));
    }

    private static async Task<List<string>> SummariesAsync(FileRunHistory history, int limit = int.MaxValue)
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
}
