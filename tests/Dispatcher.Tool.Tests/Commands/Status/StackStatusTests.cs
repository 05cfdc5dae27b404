using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatcher.Cli;
using Dispatcher.Tool.Tests.Commands.Remote;

namespace Dispatcher.Tool.Tests.Commands.Status;

public sealed class StackStatusTests
{
    private MotoStack _stack = null!;

    [SetUp]
    public async Task DeployAsync() => _stack = await MotoStack.DeployAsync();

    [Test]
    public async Task Status_DeadLetters_AreCountedWithTheCommandOnItsLine()
    {
        await _stack.SendAsync("FailedRunsQueue", "{}");

        var result = await _stack.RunAsync("status");

        Assert.That(result.Output, Does.Contain("\n! 1 message in failed-runs. See:\n  dispatch redrive --stack maintenance\n"));
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(await _stack.ReceiveAsync("FailedRunsQueue"), Has.Count.EqualTo(1), "counted without receiving them");
    }

    [Test]
    public async Task Ui_DeadLetters_AreOnThePageWithTheCommand()
    {
        await _stack.SendAsync("FailedRunsQueue", "{}");
        var page = string.Empty;

        var result = await Dispatch.RunAsync(["ui"], environment: _stack.Variables, run: async (terminal, words) =>
        {
            using var end = new CancellationTokenSource();
            var serving = DispatchTool.CreateProgram(terminal.Terminal, MaintenanceTool.AddJobs, MaintenanceTool.Configure, end.Token)
                .RunAsync(words);
            page = await ReadPageAsync(terminal, serving);
            await end.CancelAsync();
            return await serving;
        });

        Assert.That(page, Does.Contain("1 message in failed-runs").And.Contain("<code>dispatch redrive --stack maintenance</code>"));
        Assert.That(result.ExitCode, Is.Zero, result.Error);
    }

    [Test]
    public async Task Status_Json_HasTheDeadLetters()
    {
        var before = JsonElement.Parse((await _stack.RunAsync("status", "--json")).Output);
        await _stack.SendAsync("UndeliveredEventsQueue", "{}");
        await _stack.SendAsync("UndeliveredEventsQueue", "{}");

        var after = JsonElement.Parse((await _stack.RunAsync("status", "--json")).Output);

        Assert.That(before.GetProperty("deadLetters").GetArrayLength(), Is.Zero);
        Assert.That(
            after.GetProperty("deadLetters").GetRawText().ReplaceLineEndings("").Replace(" ", string.Empty, StringComparison.Ordinal),
            Is.EqualTo("""[{"queue":"undelivered-events","messages":2}]"""));
        Assert.That(after.GetProperty("needsPerson").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Status_PausedJob_SaysSinceWhenAndByWhom()
    {
        await _stack.RunAsync("pause", "daily-uptime", "--reason", "TICKET-1");

        var result = await _stack.RunAsync("status", "daily-uptime");

        Assert.That(result.Output, Does.Match(@"since \d{4}-\d\d-\d\d \d\d:\d\d UTC by \S+: TICKET-1"));
    }

    [Test]
    public async Task Status_TemplateOnTheCommandLine_HasPrecedenceOverTheStackOfTheEnvironment()
    {
        var result = await _stack.RunAsync("status", "--template", "missing.template");

        Assert.That(result.Error, Does.Contain("missing.template"));
        Assert.That(result.ExitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task Report_WithAStack_HasItsPauses()
    {
        await _stack.RunAsync("pause", "daily-uptime", "--reason", "TICKET-1");

        var page = await _stack.RunAsync("report", "--html", "-", "--stack", "maintenance");
        var refused = await _stack.RunAsync("report", "--stack", "maintenance", "--template", "x");

        Assert.That(page.Output, Does.Contain("TICKET-1"));
        Assert.That(refused.ExitCode, Is.EqualTo(2));
        Assert.That(refused.Error, Does.Contain("--stack reads the template that is deployed."));
    }

    /// <summary>Opens the address that the command prints, as a browser does.</summary>
    private static async Task<string> ReadPageAsync(TestTerminal terminal, Task<int> serving)
    {
        Match address;
        while (!(address = Regex.Match(terminal.Out, @"http://127\.0\.0\.1\S+(?=\s)")).Success)
        {
            Assert.That(serving.IsCompleted, Is.False, terminal.Error);
            await Task.Delay(20);
        }

        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() });
        return await client.GetStringAsync(new Uri(address.Value));
    }
}
