using System.Text.Json;
using Dispatcher.Tool.Local;

namespace Dispatcher.Tool.Tests.Foreign;

/// <summary>Starts the local servers for a consumer's jobs.</summary>
[NonParallelizable]
public sealed class ForeignLocalTests
{
    private readonly List<string> _calls = [];

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public async Task StopAsync()
    {
        await RunAsync("local", "down");
        _folder.Dispose();
    }

    [Test]
    public async Task Up_PrepareFillAndVariables_AreTheConsumers()
    {
        var up = await RunAsync("local", "up", "--json");
        var again = await RunAsync("local", "up", "--sample");
        var status = await RunAsync("local", "status");

        var environment = JsonElement.Parse(up.Output).GetProperty("environment");
        var address = environment.GetProperty("AWS_ENDPOINT_URL").GetString();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_calls, Is.EqualTo(new[] { $"prepare {address}/", $"prepare {address}/", $"fill {address}/" }));
            Assert.That(environment.GetProperty("LOGS_BUCKET").GetString(), Is.EqualTo("logs"));
            Assert.That(environment.TryGetProperty("DATABASE_URL", out _), Is.False, "PostgreSQL is not wanted");
            Assert.That(again.Output, Does.Contain("export LOGS_BUCKET=logs\n"), again.Error);
            Assert.That(status.Output, Is.EqualTo(again.Output));
            Assert.That(File.Exists(Path.Combine(_folder.Path, ".local", "moto.json")), Is.True);
        }

        ForeignWords.AssertNone(up.Output + up.Error + again.Output + again.Error + status.Output + status.Error);
    }

    private Task<ProcessResult> RunAsync(params string[] args) => Dispatch.RunAsync(
        args, directory: _folder.Path, run: (terminal, words) => terminal.RunAsync(AcmeJobs.Add, Configure, words));

    private void Configure(DispatchToolOptions options)
    {
        AcmeJobs.Configure(options);
        options.Local.Postgres = false;
        options.Local.Variables["LOGS_BUCKET"] = "logs";
        options.Local.Prepare = (servers, _) => Record("prepare", servers);
        options.Local.Fill = (servers, _) => Record("fill", servers);
    }

    private Task Record(string step, LocalSetup servers)
    {
        _calls.Add($"{step} {servers.Aws}");
        Assert.That(servers.DatabaseUrl, Is.Null);
        return Task.CompletedTask;
    }
}
