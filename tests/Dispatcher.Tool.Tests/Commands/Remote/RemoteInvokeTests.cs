using System.Text;
using System.Text.Json;
using Dispatcher.StandIns.Tests.Servers;

namespace Dispatcher.Tool.Tests.Commands.Remote;

public sealed class RemoteInvokeTests
{
    private const string Payload = """{"job":"daily-uptime"}""";

    private MotoStack _stack = null!;

    [OneTimeSetUp]
    public async Task DeployAsync() => _stack = await MotoStack.DeployAsync();

    [TestCase("succeeded", 0)]
    [TestCase("planned", 0)]
    [TestCase("partial", 3)]
    public async Task Invoke_Stack_WritesTheAnswerAndTheEndOfTheLog(string status, int exitCode)
    {
        var log = """
            half a line","level":"INFO"}
            {"timestamp":"2026-11-22T03:00:00Z","level":"WARN","message":"2 days are missing"}
            {"_aws":{}}
            """;
        await using var function = LoopbackServer.Giving(new CannedResponse(
            200, Record(status), ("X-Amz-Log-Result", Convert.ToBase64String(Encoding.UTF8.GetBytes(log)))));

        var result = await _stack.RunAsync(function, Payload, "invoke", "--stack", "maintenance");

        var request = await function.TakeAsync();
        Assert.That(request.Path, Does.Contain("/maintenance-DispatcherFunction-"));
        Assert.That(request.Headers["X-Amz-Log-Type"], Is.EqualTo("Tail"));
        Assert.That(request.Text, Is.EqualTo(Payload));
        Assert.That(JsonElement.Parse(result.Output).GetProperty("status").GetString(), Is.EqualTo(status));
        Assert.That(result.Error, Does.Contain("WARN 2 days are missing").And.Not.Contain("_aws"));
        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
    }

    [TestCase("JobFailedException", 1)]
    [TestCase("Dispatcher.Hosting.JobRequestException", 2)]
    [TestCase("Sandbox.Timedout", 1)]
    public async Task Invoke_FunctionFails_WritesTheErrorAndTheExitCode(string type, int exitCode)
    {
        await using var function = LoopbackServer.Giving(new CannedResponse(
            200, $$"""{"errorType":"{{type}}","errorMessage":"no table (run 01a2)"}""", ("X-Amz-Function-Error", "Unhandled")));

        var result = await _stack.RunAsync(function, Payload, "invoke", "--function", "dispatcher");

        Assert.That(result.Error, Does.Contain("error: The function failed: no table (run 01a2)"));
        Assert.That(JsonElement.Parse(result.Output).GetProperty("errorType").GetString(), Is.EqualTo(type));
        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
    }

    [Test]
    public async Task Invoke_FunctionBusy_IsNotInvokedAgain()
    {
        await using var function = LoopbackServer.Giving(
            new CannedResponse(500, """{"message":"busy"}""", ("x-amzn-ErrorType", "ServiceException")),
            new CannedResponse(200, Record("succeeded")));

        var result = await _stack.RunAsync(function, Payload, "invoke", "--function", "dispatcher");

        await function.TakeAsync();
        Assert.That(function.Untaken, Is.Zero);
        Assert.That(result.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task Invoke_Async_QueuesThePayload()
    {
        await using var function = LoopbackServer.Giving(new CannedResponse(202, string.Empty));

        var result = await _stack.RunAsync(function, Payload, "invoke", "--function", "dispatcher", "--async");

        Assert.That((await function.TakeAsync()).Headers["X-Amz-Invocation-Type"], Is.EqualTo("Event"));
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.Error, Does.Contain("Queued."));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [TestCase("""{"job":"daily-uptime"}""", "n", 2, 0, true)]
    [TestCase("""{"job":"daily-uptime"}""", "y", 0, 1, true)]
    [TestCase("""{"job":"daily-uptime","dryRun":true}""", "n", 0, 1, false)]
    [TestCase("""{"job":"$list"}""", "n", 0, 1, false)]
    public async Task Invoke_AtATerminal_AsksBeforeARealRun(string payload, string answer, int exitCode, int requests, bool asks)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "event.json");
        await File.WriteAllTextAsync(file, payload);
        await using var function = LoopbackServer.Giving(new CannedResponse(200, Record("succeeded")));

        var result = await _stack.TypeAsync(function, $"{answer}\n", "invoke", "--function", "dispatcher", "--event", file);

        Assert.That(
            result.Error.Contains("Run 'daily-uptime' for real in function dispatcher? [y/N]", StringComparison.Ordinal), Is.EqualTo(asks));
        Assert.That(function.Untaken, Is.EqualTo(requests));
        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
    }

    [Test]
    public async Task Invoke_PausedJobAtATerminal_SaysSoBeforeItAsks()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("event.json", Payload);
        await _stack.RunAsync("pause", "daily-uptime", "--reason", "TICKET-1");
        await using var function = LoopbackServer.Giving();

        var result = await _stack.TypeAsync(function, "n\n", "invoke", "--stack", "maintenance", "--event", file);
        await _stack.RunAsync("resume", "daily-uptime");

        Assert.That(result.Error, Does.Match(@"daily-uptime is paused by \S+ since \S+ \S+ UTC:\s+TICKET-1[^?]+for real"));
        Assert.That(result.ExitCode, Is.EqualTo(2));
    }

    [TestCase("""{"job":"daily-uptime"}""", "n", 2, true)]
    [TestCase("""{"job":"$list"}""", "n", 0, false)]
    public async Task Invoke_StackOnlyInTheEnvironment_SaysThatItRunsHereAndAsks(string payload, string answer, int exitCode, bool asks)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("event.json", payload);
        await using var function = LoopbackServer.Giving();

        var result = await _stack.TypeAsync(function, $"{answer}\n", "invoke", "--event", file);

        Assert.That(result.Error, Does.Match(
            @"^Invoking on this machine\. To invoke the deployed function: dispatch invoke\s+--stack maintenance\n"));
        Assert.That(
            result.Error.Contains("Run 'daily-uptime' for real on this machine? [y/N]", StringComparison.Ordinal), Is.EqualTo(asks));
        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
    }

    [Test]
    public async Task Invoke_StackOnlyInTheEnvironmentAndYes_DoesNotAsk()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("event.json", """{"job":"daily-uptime"}""");
        await using var function = LoopbackServer.Giving();

        var result = await _stack.TypeAsync(function, string.Empty, "invoke", "--event", file, "--yes");

        Assert.That(result.Error, Does.Not.Contain("[y/N]").And.Contain("No database is configured"));
        Assert.That(result.ExitCode, Is.EqualTo(1));
    }

    [TestCase("invoke --function a --stack b", "not both")]
    [TestCase("invoke --async", "for a deployed function")]
    [TestCase("invoke --function a --timeout 5", "'--timeout' is for a local invocation")]
    [TestCase("invoke --stack nope", "There is no stack 'nope'")]
    public async Task Invoke_Nonsense_IsRefused(string command, string message)
    {
        await using var function = LoopbackServer.Giving();

        var result = await _stack.RunAsync(function, Payload, command.Split(' '));

        Assert.That(result.Error, Does.Contain(message));
        Assert.That(result.ExitCode, Is.EqualTo(2));
    }

    private static string Record(string status) => $$"""
        {"job":"daily-uptime","runId":"01a201f6-fd83-7000-8000-000000000001","status":"{{status}}","dryRun":false,"summary":"done",
         "startedAt":"2026-11-22T03:00:00+00:00","durationMs":12,"attempts":1,"counts":{},
         "changes":{"proposed":0,"applied":0,"failed":0,"bytes":0,"items":[],"itemsTruncated":false},"errors":[]}
        """;
}
