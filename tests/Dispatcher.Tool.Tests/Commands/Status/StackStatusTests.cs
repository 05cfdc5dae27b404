using System.Text.Json;
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
}
