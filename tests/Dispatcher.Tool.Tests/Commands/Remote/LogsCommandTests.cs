using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Tool.Tests.Commands.Remote;

public sealed class LogsCommandTests
{
    private const string RequestId = "5d1f0000-0000-0000-0000-000000000001";

    private MotoStack _stack = null!;
    private string _group = null!;
    private string _runId = null!;

    [SetUp]
    public async Task DeployAsync()
    {
        _stack = await MotoStack.DeployAsync();
        var groups = await _stack.Api.CallAsync("logs", "Logs_20140328.DescribeLogGroups", []);
        _group = groups.GetProperty("logGroups").EnumerateArray().Select(group => group.GetProperty("logGroupName").GetString()!)
            .Single(name => name.Contains("-LogGroup-", StringComparison.Ordinal));
        _runId = Guid.CreateVersion7().ToString();
        foreach (var stream in (string[])["one", "two"])
        {
            await _stack.Api.CallAsync(
                "logs", "Logs_20140328.CreateLogStream", new JsonObject { ["logGroupName"] = _group, ["logStreamName"] = stream });
        }
    }

    [Test]
    public async Task Logs_KilledRun_HasItsLinesAndLambdasReport()
    {
        await WriteAsync("one", Line("INFO", "10 objects found", _runId), Line("WARN", "slow \u001b[31m", _runId), Report("timeout"));
        await WriteAsync("two", Line("INFO", "another run", Guid.CreateVersion7().ToString(), "other"));

        var result = await _stack.RunAsync("logs", _runId, "--utc");

        Assert.That(result.Output, Does.Match(@"^\d\d:\d\d:\d\d\.\d{3} INFO 10 objects found\n"));
        Assert.That(result.Output, Does.Contain("WARN slow \\u001b[31m").And.Contain("Lambda: timeout, 900000 ms, 512 of 512 MB"));
        Assert.That(result.Output, Does.Not.Contain("another run").And.Not.Contain("\u001b"));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Logs_Metrics_AreShownOnRequestOnly()
    {
        var metrics = $$$"""{"_aws":{"Timestamp":1},"Job":"daily-uptime","runId":"{{{_runId}}}"}""";
        await WriteAsync("one", Line("INFO", "begin", _runId), metrics);

        var usual = await _stack.RunAsync("logs", _runId);
        var all = await _stack.RunAsync("logs", _runId, "--all");
        var raw = await _stack.RunAsync("logs", _runId, "--raw");

        Assert.That(usual.Output, Does.Not.Contain("_aws"));
        Assert.That(all.Output, Does.Contain("_aws"));
        Assert.That(raw.Output.Split('\n'), Does.Contain(metrics));
    }

    [Test]
    public async Task Logs_Follow_EndsWithTheRecordOfTheRun()
    {
        var record = $$$"""{"job":"daily-uptime","runId":"{{{_runId}}}","status":"succeeded","summary":"2 days","durationMs":12}""";
        await WriteAsync("one", Line("INFO", "begin", _runId), record);

        var result = await _stack.RunAsync("logs", _runId, "--follow", "--log-group", _group);

        Assert.That(result.Output, Does.Contain("The run ended: succeeded. 2 days"));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Logs_NoLine_SaysWhatThatMayMean()
    {
        var result = await _stack.RunAsync("logs", _runId);

        Assert.That(result.Error, Does.Contain($"No line of run {_runId} is in {_group}."));
        Assert.That(result.ExitCode, Is.EqualTo(1));
    }

    [TestCase("01a201f6", "--stack maintenance", 1, "Set RUNS_TABLE to the function's table, or write the whole id.")]
    [TestCase("01a201f6-fd83-7000-8000-000000000001", "--log-group nope", 2, "There is no log group 'nope'")]
    [TestCase("01a201f6-fd83-7000-8000-000000000001", "--stack nope", 2, "There is no stack 'nope'")]
    public async Task Logs_NotFound_SaysWhatToDo(string run, string where, int exitCode, string message)
    {
        var result = await _stack.RunAsync(["logs", run, .. where.Split(' ')]);

        Assert.That(result.Error, Does.Contain(message));
        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
    }

    private static string Line(string level, string message, string runId, string requestId = RequestId) => JsonSerializer.Serialize(
        new { timestamp = DateTimeOffset.UtcNow, level, message, category = "Dispatcher.Jobs", job = "daily-uptime", runId, requestId });

    private static string Report(string status) => $$$$"""
        {"time":"2026-11-22T03:15:00.000Z","type":"platform.report","record":{"requestId":"{{{{RequestId}}}}","status":"{{{{status}}}}",
         "metrics":{"durationMs":900000,"memorySizeMB":512,"maxMemoryUsedMB":512}}}
        """.ReplaceLineEndings(" ");

    private Task<JsonElement> WriteAsync(string stream, params string[] messages)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        return _stack.Api.CallAsync("logs", "Logs_20140328.PutLogEvents", new JsonObject
        {
            ["logGroupName"] = _group,
            ["logStreamName"] = stream,
            ["logEvents"] = new JsonArray(
            [
                .. messages.Select((message, index) => new JsonObject { ["timestamp"] = now + index, ["message"] = message }),
            ]),
        });
    }
}
