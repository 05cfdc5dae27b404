using System.Text.Json.Nodes;

namespace Dispatcher.Tool.Tests.Commands.Remote;

public sealed class PauseCommandTests
{
    private MotoStack _stack = null!;

    [SetUp]
    public async Task DeployAsync() => _stack = await MotoStack.DeployAsync();

    [Test]
    public async Task Pause_Rule_DisablesItAndRemembersWhy()
    {
        var before = await _stack.RuleAsync("DailyUptimeRule");

        var result = await _stack.RunAsync("pause", "daily-uptime", "--reason", "TICKET-1: [bucket] moves");

        var after = await _stack.RuleAsync("DailyUptimeRule");
        Assert.That(after.GetProperty("State").GetString(), Is.EqualTo("DISABLED"));
        Assert.That(after.GetProperty("Description").GetString(), Does.Match(
            @"^\[paused \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ by \S+: TICKET-1: \(bucket\) moves\] "
            + before.GetProperty("Description").GetString()));
        Assert.That(
            after.GetProperty("ScheduleExpression").GetString(), Is.EqualTo(before.GetProperty("ScheduleExpression").GetString()));
        Assert.That(result.Output, Does.Contain("DailyUptimeRule  paused\n"));
        Assert.That(result.Output, Does.Contain("\ndispatch resume daily-uptime --stack maintenance\n"));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Pause_Rule_KeepsItsTargets()
    {
        await _stack.RunAsync("pause", "daily-uptime", "--reason", "why");

        var name = (await _stack.RuleAsync("DailyUptimeRule")).GetProperty("Name").GetString();
        var targets = await _stack.Api.CallAsync("events", "AWSEvents.ListTargetsByRule", new JsonObject { ["Rule"] = name });
        Assert.That(targets.GetProperty("Targets").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task Resume_PausedRule_RestoresIt()
    {
        var before = await _stack.RuleAsync("DailyUptimeRule");
        await _stack.RunAsync("pause", "daily-uptime", "--reason", "why");

        var result = await _stack.RunAsync("resume", "daily-uptime");

        Assert.That((await _stack.RuleAsync("DailyUptimeRule")).GetRawText(), Is.EqualTo(before.GetRawText()));
        Assert.That(result.Output, Does.Match(@"DailyUptimeRule  resumed; paused since \S+ \S+ UTC by \S+: why"));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Pause_Again_KeepsTheFirstReason()
    {
        await _stack.RunAsync("pause", "daily-uptime", "--reason", "first");
        var before = await _stack.RuleAsync("DailyUptimeRule");

        var result = await _stack.RunAsync("pause", "daily-uptime", "--reason", "second");

        Assert.That((await _stack.RuleAsync("DailyUptimeRule")).GetRawText(), Is.EqualTo(before.GetRawText()));
        Assert.That(result.Output, Does.Match("paused already, since .* by .*: first"));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task PauseAndResume_RuleThatSomeoneHasDisabled_LeaveItAlone()
    {
        var name = (await _stack.RuleAsync("ClaimsReportRule")).GetProperty("Name").GetString();
        await _stack.Api.CallAsync("events", "AWSEvents.DisableRule", new JsonObject { ["Name"] = name });
        var before = await _stack.RuleAsync("ClaimsReportRule");

        var pause = await _stack.RunAsync("pause", "ecs-run-task", "--reason", "why");
        var resume = await _stack.RunAsync("resume", "ecs-run-task");

        Assert.That((await _stack.RuleAsync("ClaimsReportRule")).GetRawText(), Is.EqualTo(before.GetRawText()));
        Assert.That(await StateAsync("ChannelBackfillCompletedRule"), Is.EqualTo("ENABLED"));
        Assert.That(pause.Output, Does.Contain("ClaimsReportRule  disabled already, and not by 'pause': left alone"));
        Assert.That(resume.Output, Does.Contain("ClaimsReportRule  disabled, and not by 'pause': left alone"));
    }

    [Test]
    public async Task Pause_OneTrigger_LeavesTheOthers()
    {
        await _stack.RunAsync("pause", "ecs-run-task", "--trigger", "ClaimsReportRule", "--reason", "why");

        Assert.That(await StateAsync("ClaimsReportRule"), Is.EqualTo("DISABLED"));
        Assert.That(await StateAsync("ChannelBackfillCompletedRule"), Is.EqualTo("ENABLED"));
    }

    [Test]
    public async Task Pause_RuleEnabledByHandMeanwhile_IsMarkedOnce()
    {
        await _stack.RunAsync("pause", "daily-uptime", "--reason", "first");
        var name = (await _stack.RuleAsync("DailyUptimeRule")).GetProperty("Name").GetString();
        await _stack.Api.CallAsync("events", "AWSEvents.EnableRule", new JsonObject { ["Name"] = name });

        await _stack.RunAsync("pause", "daily-uptime", "--reason", "second");

        var description = (await _stack.RuleAsync("DailyUptimeRule")).GetProperty("Description").GetString();
        Assert.That(description, Does.Contain(": second]").And.Not.Contains("first"));
    }

    [Test]
    public async Task Pause_ReasonThatDoesNotFit_ChangesNothing()
    {
        var before = await _stack.RuleAsync("DailyUptimeRule");

        var result = await _stack.RunAsync("pause", "daily-uptime", "--reason", new string('x', 500));

        Assert.That((await _stack.RuleAsync("DailyUptimeRule")).GetRawText(), Is.EqualTo(before.GetRawText()));
        Assert.That(result.Error, Does.Match(@"error: The reason is too long: .* Shorten the reason by \d+\."));
        Assert.That(result.ExitCode, Is.EqualTo(2));
    }

    [TestCase("The stack has no rule of this job", "celery-enqueue", "maintenance", 1, "No rule and no schedule of the stack")]
    [TestCase("There is no such job", "daily-uptim", "maintenance", 2, "Did you mean 'daily-uptime'?")]
    [TestCase("There is no such stack", "daily-uptime", "nope", 2, "There is no stack 'nope'")]
    public async Task Pause_NothingToPause_SaysSo(string _, string job, string stack, int exitCode, string message)
    {
        var result = await _stack.RunAsync("pause", job, "--stack", stack, "--reason", "why");

        Assert.That(result.Error, Does.Contain(message));
        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
    }

    private async Task<string?> StateAsync(string resource) => (await _stack.RuleAsync(resource)).GetProperty("State").GetString();
}
