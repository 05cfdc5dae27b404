using Dispatcher.Hosting;

namespace Dispatcher.Tool.Tests.History;

/// <summary>Runs the tool without RUNS_TABLE, and looks at the file that it leaves.</summary>
public sealed class LocalRunsTests
{
    private static readonly string[] Run = ["run", "http-trigger", "--dry-run", "-p", "url=http://127.0.0.1:9/"];

    private TemporaryFolder _folder = null!;
    private Dictionary<string, string> _environment = null!;

    [SetUp]
    public void CreateFolder()
    {
        _folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".local"));
        _environment = new Dictionary<string, string> { ["HttpTrigger__AllowedHosts__0"] = "127.0.0.1" };
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Run_TwentyProcessesAtOnce_EachIsRecordedBesideTheImportedLines()
    {
        await File.WriteAllBytesAsync(
            Path.Combine(_folder.Path, ".local", "runs.jsonl"), [.. RunRecordJson.Serialize(SampleRun.Create()).Span, (byte)'\n']);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => DispatchProcess.RunAsync(
            Run, environment: _environment, directory: _folder.Path)));

        Assert.That(results.Select(result => result.ExitCode), Is.All.Zero, results[0].Error);
        Assert.That(results.Select(result => result.Error), Has.None.Contains("could not report"));
        var history = LocalRuns.Open(_folder.Path);
        Assert.That(await LocalRuns.ListAsync(history), Has.Count.EqualTo(21));
        Assert.That(history.Omissions, Is.Empty);
        Assert.That(
            Directory.GetFiles(Path.Combine(_folder.Path, ".local")).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { ".gitignore", "runs.db", "runs.jsonl.imported" }));
    }

    [Test]
    public async Task History_LinesOfAnEarlierVersion_AreImportedAndTheUnreadableOnesNamed()
    {
        var old = SampleRun.Create(summary: "by an earlier version");
        await File.WriteAllBytesAsync(
            Path.Combine(_folder.Path, ".local", "runs.jsonl"), [.. RunRecordJson.Serialize(old).Span, (byte)'\n', .. "torn"u8]);

        var first = await DispatchAsync("history");
        var again = await DispatchAsync("show", old.RunId);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Output, Does.Contain("1 run. From file ").And.Contain(".local/runs.db"));
            Assert.That(first.Error, Does.StartWith("warn: 1 line of ").And.Contain(
                "runs.jsonl.imported cannot be read as a run and was not imported: 2."));
            Assert.That(again.Output, Does.Contain("by an earlier version"));
        }
    }

    [Test]
    public async Task Show_Slot_ShowsItsNewestRun()
    {
        var older = SampleRun.Create() with { Slot = "nightly-42" };
        var newer = SampleRun.Create(summary: "the newer one", startedAt: older.StartedAt.AddHours(1)) with { Slot = "nightly-42" };
        await File.WriteAllBytesAsync(
            Path.Combine(_folder.Path, ".local", "runs.jsonl"),
            [.. RunRecordJson.Serialize(older).Span, (byte)'\n', .. RunRecordJson.Serialize(newer).Span, (byte)'\n']);

        var shown = await DispatchAsync("show", "nightly-42");
        var unknown = await DispatchAsync("show", "nightly-4");

        Assert.That(shown.Output, Does.Contain("the newer one"), shown.Error);
        Assert.That(shown.Error, Does.Contain($"The newest of 2 runs of slot 'nightly-42' among the newest 1,000 runs: {newer.RunId}"));
        Assert.That(unknown.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task ShowAndLogs_PointToEachOther_AsTheRecordHasALog()
    {
        var remote = SampleRun.Create() with { Log = new RunLog("eu-central-1", "/aws/lambda/maintenance", "2026/11/22/[1]0a") };
        var local = SampleRun.Create();
        await LocalRuns.Open(_folder.Path).WriteAsync(remote, CancellationToken.None);
        await LocalRuns.Open(_folder.Path).WriteAsync(local, CancellationToken.None);

        var withLog = await Dispatch.RunAsync(["show", remote.RunId], directory: _folder.Path);
        var without = await Dispatch.RunAsync(["show", local.RunId], directory: _folder.Path);
        var logs = await Dispatch.RunAsync(["logs", local.RunId], directory: _folder.Path);

        Assert.That(withLog.Output, Does.Contain($"\n  dispatch logs {remote.RunId}\n"));
        Assert.That(without.Output, Does.Not.Contain("dispatch logs"));
        Assert.That(logs.Error, Does.Contain($"'dispatch show {local.RunId}' shows its outcome.").And.Contain("--log-group NAME"));
        Assert.That(logs.ExitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task Run_RunsFileIsSet_KeepsAndReadsRunsThere()
    {
        _environment["RUNS_FILE"] = Path.Combine(_folder.Path, "data", "history.sqlite");

        Assert.That((await DispatchAsync(Run)).ExitCode, Is.Zero);

        Assert.That((await DispatchAsync("history")).Output, Does.Contain("1 run. From file ").And.Contain("data/history.sqlite"));
        Assert.That(await LocalRuns.ListAsync(LocalRuns.OpenFile(_environment["RUNS_FILE"])), Has.Count.EqualTo(1));
        Assert.That(File.Exists(Path.Combine(_folder.Path, ".local", "runs.db")), Is.False);
    }

    [Test]
    public async Task Run_NothingCanBeWritten_RunsAllTheSameAndSaysWhatToDo()
    {
        Directory.Delete(Path.Combine(_folder.Path, ".local"));
        _folder.Write(".local", "in the way");

        var result = await DispatchAsync(Run);

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(
            result.Error, Does.Contain("RunFile could not report the run: the run is not recorded in '").And.Contain("set RUNS_TABLE"));
    }

    [Test]
    public async Task History_FileIsDamaged_NamesItAndTheWayOut()
    {
        _folder.Write(Path.Combine(".local", "runs.db"), string.Concat(Enumerable.Repeat("garbage ", 100)));

        var result = await DispatchAsync("history");

        Assert.That(result.Error, Does.StartWith("error: the runs cannot be read from '").And.Contain(".local/runs.db.damaged'"));
        Assert.That(result.ExitCode, Is.EqualTo(1));
    }

    private Task<ProcessResult> DispatchAsync(params string[] args) =>
        Dispatch.RunAsync(args, environment: _environment, directory: _folder.Path);
}
