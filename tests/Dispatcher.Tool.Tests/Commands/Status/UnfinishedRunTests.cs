using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Dispatcher.Tool.History;
using Dispatcher.Tool.Terminal;
using Dispatcher.Tool.Tests.History;

namespace Dispatcher.Tool.Tests.Commands.Status;

/// <summary>Looks at what the commands tell of a run that has started and has no record.</summary>
[NonParallelizable]
public sealed class UnfinishedRunTests
{
    private const string Job = "http-trigger";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder()
    {
        _folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".git"));
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Status_RunWithoutALease_IsAtWorkAndUnfinishedWhenItsProcessIsKilled()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/";
        using var process = DispatchProcess.Start(["run", Job, "-p", $"url={url}", "--yes"], directory: _folder.Path);
        using var request = await server.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromMinutes(2));

        var working = await ReadStatusAsync();
        var runId = working.GetProperty("running")[0].GetProperty("runId").GetString();
        Assert.That(working.GetProperty("verdict").GetString(), Is.EqualTo("running"));

        process.Kill();
        await process.WaitForExitAsync();
        var killed = await ReadStatusAsync();
        var status = await RunAsync("status", Job);
        var show = await RunAsync("show", runId![..18]);
        var history = await RunAsync("history", Job);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(killed.GetProperty("verdict").GetString(), Is.EqualTo("unfinished"));
            Assert.That(killed.GetProperty("needsPerson").GetBoolean(), Is.True);
            Assert.That(killed.GetProperty("unfinished").GetProperty("runId").GetString(), Is.EqualTo(runId));
            Assert.That(status.ExitCode, Is.EqualTo(ExitCode.Failed));
            Assert.That(
                status.Output,
                Does.Contain("◌ unfinished  http-trigger\n").And.Contain($"run {runId} started ").And.Contain("has no end")
                    .And.Contain($"\n  dispatch audit {runId}\n"));
            Assert.That(show.ExitCode, Is.EqualTo(ExitCode.Failed));
            Assert.That(show.Error, Does.Contain($"Run {runId} of 'http-trigger' started ").And.Contain($"dispatch audit {runId}"));
            Assert.That(history.Error, Does.Contain($"Run {runId} of 'http-trigger' started "));
            Assert.That((await RunAsync("audit", runId)).ExitCode, Is.EqualTo(ExitCode.Done));
        }
    }

    [Test]
    public async Task Status_RealRunAfterTheUnfinishedOne_DecidesHowTheJobIs()
    {
        Mark("01a2-killed", "ping-server", DateTimeOffset.UtcNow.AddHours(-2));
        Assert.That((await ReadStatusAsync("ping-server")).GetProperty("verdict").GetString(), Is.EqualTo("unfinished"));

        await WriteAsync(SampleRun.Create("ping-server", JobStatus.Succeeded, startedAt: DateTimeOffset.UtcNow.AddHours(-1)));

        Assert.That((await ReadStatusAsync("ping-server")).GetProperty("unfinished").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Status_RunThatWasRecordedBeforeItsMarkWasDeleted_HasAnEnd()
    {
        var run = SampleRun.Create("ping-server", JobStatus.Succeeded, startedAt: DateTimeOffset.UtcNow.AddHours(-1));
        await WriteAsync(run);
        Mark(run.RunId, run.Job, run.StartedAt);

        Assert.That((await ReadStatusAsync("ping-server")).GetProperty("verdict").GetString(), Is.EqualTo("well"));
        Assert.That(Directory.GetFiles(Path.Combine(_folder.Path, ".local", "started")), Is.Empty, "the mark is deleted then");
    }

    [Test]
    public async Task Status_RunsOfAnotherHistory_AreNotShown()
    {
        Mark("01a2-elsewhere", Job, DateTimeOffset.UtcNow.AddHours(-1), "DynamoDB table elsewhere");

        Assert.That((await ReadStatusAsync()).GetProperty("verdict").GetString(), Is.EqualTo("neverRan"));
    }

    [Test]
    public async Task Run_Ended_LeavesNoMark()
    {
        var result = await RunAsync("run", "channel-backfill-failed", "--yes");

        Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Done), result.Error);
        Assert.That(Directory.GetFiles(Path.Combine(_folder.Path, ".local", "started")), Is.Empty);
    }

    private string RunsFile => Path.Combine(_folder.Path, ".local", "runs.db");

    /// <summary>Leaves the mark of a run whose process was killed.</summary>
    private void Mark(string runId, string job, DateTimeOffset startedAt, string? location = null)
    {
        var mark = new RunMark(runId, job, startedAt, location ?? $"file {RunsFile}");
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, ".local", "started"));
        File.WriteAllText(Path.Combine(folder.FullName, $"{runId}.json"), mark.Write());
    }

    private async Task WriteAsync(RunRecord run) => await LocalRuns.OpenFile(RunsFile).WriteAsync(run, CancellationToken.None);

    private async Task<JsonElement> ReadStatusAsync(string job = Job) =>
        JsonElement.Parse((await RunAsync("status", job, "--json")).Output).GetProperty("jobs")[0];

    private Task<ProcessResult> RunAsync(params string[] args) => Dispatch.RunAsync(args, directory: _folder.Path);
}
