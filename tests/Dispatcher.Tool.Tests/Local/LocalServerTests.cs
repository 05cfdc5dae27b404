using System.Diagnostics;
using System.Text.Json;

namespace Dispatcher.Tool.Tests.Local;

public sealed class LocalServerTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public async Task StopAsync()
    {
        await DispatchAsync("down");
        _folder.Dispose();
    }

    [Test]
    public async Task Up_Down_StartsAndStopsOneServer()
    {
        // In a process of its own, which the server outlives.
        var up = await DispatchProcess.RunAsync(["local", "up"], directory: _folder.Path);
        var again = await DispatchAsync("up", "--json");
        var status = await DispatchAsync("status");
        var down = await DispatchAsync("down");
        var after = await DispatchAsync("status");

        Assert.That(up.Output, Does.Match(@"^export AWS_ENDPOINT_URL=http://127\.0\.0\.1:\d+\n")
            .And.Contain("export BUCKET=uploads-local"), up.Error);
        Assert.That(again.Error, Does.StartWith("Up already: "));
        Assert.That(
            up.Output, Does.Contain(
                JsonDocument.Parse(again.Output).RootElement.GetProperty("environment").GetProperty("AWS_ENDPOINT_URL").GetString()));
        Assert.That(status.Output, Is.EqualTo(up.Output));
        Assert.That(down.Error, Does.StartWith("Stopped: "));
        Assert.That(after.Error, Does.StartWith("Down."));
    }

    [Test]
    public async Task Down_ProcessIdBelongsToAnother_LeavesItAlone()
    {
        using var other = Process.Start("sleep", "300");
        try
        {
            Directory.CreateDirectory(Path.Combine(_folder.Path, ".local"));
            _folder.Write(".local/moto.json", $$"""{"pid":{{other.Id}},"started":"another start","port":1234}""");

            var down = await DispatchAsync("down");

            Assert.That(down.Error, Does.StartWith("It was not up."));
            Assert.That(other.HasExited, Is.False);
        }
        finally
        {
            other.Kill();
        }
    }

    [TestCase("")]
    [TestCase("not json")]
    [TestCase("{}")]
    [TestCase("""{"pid":-1,"started":"x","port":99999}""")]
    public async Task Status_StateFileIsDamaged_SaysDown(string content)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".local"));
        _folder.Write(".local/moto.json", content);

        var status = await DispatchAsync("status");

        Assert.That(status.Error, Does.StartWith("Down."));
        Assert.That(status.ExitCode, Is.Zero);
    }

    private Task<ProcessResult> DispatchAsync(params string[] args) => Dispatch.RunAsync(["local", .. args], directory: _folder.Path);
}
