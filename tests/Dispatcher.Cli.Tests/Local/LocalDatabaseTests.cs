using System.Diagnostics;
using System.Text.Json;
using Dispatcher.LocalServers;
using Dispatcher.LocalServers.Postgres;
using Dispatcher.Tool.Tests;

namespace Dispatcher.Cli.Tests.Local;

public sealed class LocalDatabaseTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public async Task StopAsync()
    {
        await DispatchAsync([], "local", "down");
        _folder.Dispose();
    }

    [Test]
    public async Task Up_Sample_BothDatabaseJobsWorkAtOnceAndDownLeavesNothing()
    {
        // In a process of its own, which the servers outlive.
        var up = await DispatchProcess.RunAsync(["local", "up", "--sample", "--json"], directory: _folder.Path);
        var again = await DispatchAsync([], "local", "up", "--json");
        var url = Url(up);
        var variables = new Dictionary<string, string> { ["DATABASE_URL"] = url };
        var refresh = await DispatchAsync(variables, "run", "refresh-materialized-view", "-p", "view=job_progress", "--json");
        var uptime = await DispatchAsync(variables, "run", "daily-uptime", "--dry-run", "--json");
        var server = new LocalPostgres(new LocalFolder(Path.Combine(_folder.Path, ".local"))).Remembered!;
        var down = await DispatchAsync([], "local", "down");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Url(again), Is.EqualTo(url));
            Assert.That(again.Error, Does.Contain("PostgreSQL is up already: 127.0.0.1:"));
            Assert.That(refresh.ExitCode, Is.Zero, refresh.Output + refresh.Error);
            Assert.That(Counts(refresh).GetProperty("totalJobs").GetInt64(), Is.EqualTo(50));
            Assert.That(uptime.ExitCode, Is.Zero, uptime.Output + uptime.Error);
            Assert.That(Counts(uptime).GetProperty("contributionsAdded").GetInt64(), Is.Positive);
            Assert.That(down.Error, Does.Contain($"Stopped: PostgreSQL on {server.Address}"));
            Assert.That(server.IsRunning, Is.False, "the server still runs");
            Assert.That(Directory.Exists(server.Directory), Is.False, "the cluster is still there");
        }
    }

    [Test]
    public async Task Down_ProcessIdBelongsToAnother_LeavesProcessAndFolderAlone()
    {
        using var other = Process.Start("sleep", "300");
        try
        {
            var foreign = Directory.CreateDirectory(Path.Combine(_folder.Path, "mine")).FullName;
            Directory.CreateDirectory(Path.Combine(_folder.Path, ".local"));
            _folder.Write(
                ".local/postgres.json",
                $$"""{"pid":{{other.Id}},"started":"another start","port":1234,"directory":"{{foreign}}","password":"p"}""");

            var down = await DispatchAsync([], "local", "down");

            Assert.That(down.Error, Does.Contain("PostgreSQL was not up."));
            Assert.That(other.HasExited, Is.False);
            Assert.That(Directory.Exists(foreign), Is.True);
        }
        finally
        {
            other.Kill();
        }
    }

    private static string Url(ProcessResult result) =>
        JsonDocument.Parse(result.Output).RootElement.GetProperty("environment").GetProperty("DATABASE_URL").GetString()!;

    private static JsonElement Counts(ProcessResult result) => JsonDocument.Parse(result.Output).RootElement.GetProperty("counts");

    private Task<ProcessResult> DispatchAsync(Dictionary<string, string> environment, params string[] args) =>
        Dispatch.RunAsync(args, environment: environment, directory: _folder.Path);
}
