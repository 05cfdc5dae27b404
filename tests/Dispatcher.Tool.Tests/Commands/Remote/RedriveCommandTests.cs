using System.Text.Json;
using Amazon.SQS.Model;
using Dispatcher.StandIns.Tests.Servers;

namespace Dispatcher.Tool.Tests.Commands.Remote;

public sealed class RedriveCommandTests
{
    private const string RunId = "01a201f6-fd83-7000-8000-000000000001";

    private static readonly CannedResponse Accepted = new(202, string.Empty);

    private MotoStack _stack = null!;

    [SetUp]
    public async Task DeployAsync() => _stack = await MotoStack.DeployAsync();

    [Test]
    public async Task List_AllQueues_ShowsJobReasonAndCount()
    {
        var failed = await _stack.SendAsync("FailedRunsQueue", FailedRun("daily-uptime"));
        await _stack.SendAsync("FailedMessagesQueue", """{"job":"video-upload-cleanup","dryRun":true}""");
        await _stack.SendAsync("UndeliveredEventsQueue", """{"job":"daily-uptime"}""", new()
        {
            ["ERROR_CODE"] = new() { DataType = "String", StringValue = "NO_PERMISSIONS" },
            ["RETRY_ATTEMPTS"] = new() { DataType = "Number", StringValue = "10" },
        });

        var result = await _stack.RunAsync("redrive");

        Assert.That(result.Output, Does.Contain("failed-runs: 1 message\n").And.Contain("failed-messages: 1 message\n"));
        Assert.That(result.Output, Does.Match(
            $@"  {failed[..8]}  daily-uptime, \S+ .* ago, tried 3 times, received 1 time\n    id event-1\n"
            + "    Job 'daily-uptime' failed: no table"));
        Assert.That(result.Output, Does.Match(@"daily-uptime, .* ago, tried 10 times, received 1 time\n    NO_PERMISSIONS"));
        Assert.That(result.Output, Does.Contain("\ndispatch redrive --all --stack maintenance\n"));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task List_Messages_StayVisible()
    {
        await _stack.SendAsync("FailedRunsQueue", FailedRun("daily-uptime"));

        await _stack.RunAsync("redrive");

        Assert.That(await _stack.ReceiveAsync("FailedRunsQueue"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task List_Json_HasThePayload()
    {
        await _stack.SendAsync("FailedRunsQueue", FailedRun("daily-uptime"));

        var result = await _stack.RunAsync("redrive", "--queue", "failed-runs", "--json");

        Assert.That(result.Output, Does.Contain("\"attempts\":3").Or.Contain("\"attempts\": 3"));
        var letter = JsonElement.Parse(result.Output).EnumerateArray().Single();
        Assert.That(letter.GetProperty("runId").GetString(), Is.EqualTo(RunId));
        Assert.That(letter.GetProperty("payload").GetString(), Does.StartWith("""{"job":"daily-uptime","""));
    }

    [Test]
    public async Task Replay_FailedRun_InvokesTheFunctionWithTheOriginalPayloadAndDeletesTheMessage()
    {
        var chosen = await _stack.SendAsync("FailedRunsQueue", FailedRun("daily-uptime"));
        var other = await _stack.SendAsync("FailedRunsQueue", FailedRun("video-upload-cleanup"));
        await using var function = LoopbackServer.Giving(Accepted);

        var result = await _stack.RunAsync(function, string.Empty, "redrive", chosen[..8], "--yes");

        var request = await function.TakeAsync();
        Assert.That(request.Path, Does.Match("^/2015-03-31/functions/maintenance-DispatcherFunction-[A-Z0-9]+/invocations$"));
        Assert.That(request.Headers["X-Amz-Invocation-Type"], Is.EqualTo("Event"));
        Assert.That(request.Text, Is.EqualTo("""{"job":"daily-uptime","id":"event-1","scheduledTime":"2026-11-22T03:00:00Z"}"""));
        Assert.That(function.Untaken, Is.Zero);
        Assert.That((await _stack.ReceiveAsync("FailedRunsQueue")).Select(message => message.MessageId), Is.EqualTo(new[] { other }));
        Assert.That(result.Output, Does.Contain($"{chosen[..8]} daily-uptime: accepted, runs again"));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Replay_FunctionRefuses_KeepsTheMessage()
    {
        var message = await _stack.SendAsync("FailedRunsQueue", FailedRun("daily-uptime"));
        await using var function = LoopbackServer.Giving(new CannedResponse(
            429, """{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","message":"Rate Exceeded."}""",
            ("x-amzn-ErrorType", "TooManyRequestsException")));

        var result = await _stack.RunAsync(function, string.Empty, "redrive", "--all", "--yes");

        Assert.That((await _stack.ReceiveAsync("FailedRunsQueue")).Select(left => left.MessageId), Is.EqualTo(new[] { message }));
        Assert.That(result.Error, Does.Contain($"{message[..8]} was not accepted and stays in failed-runs: Rate Exceeded."));
        Assert.That(result.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task Replay_FailedMessage_GoesThroughTheJobQueueWithItsAttributes()
    {
        const string Body = """{"job":"daily-uptime","continuation":2}""";
        await _stack.SendAsync("FailedMessagesQueue", Body, new()
        {
            ["sender"] = new() { DataType = "String", StringValue = "me" },
        });
        await using var function = LoopbackServer.Giving();

        var result = await _stack.RunAsync(function, string.Empty, "redrive", "--all", "--queue", "failed-messages", "--yes");

        using var sqs = _stack.Server.CreateSqs();
        var received = await sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest(await _stack.QueueAsync("JobQueue")) { MessageAttributeNames = ["All"] });
        Assert.That(received.Messages.Single().Body, Is.EqualTo(Body));
        Assert.That(received.Messages.Single().MessageAttributes["sender"].StringValue, Is.EqualTo("me"));
        Assert.That(await _stack.ReceiveAsync("FailedMessagesQueue"), Is.Empty);
        Assert.That(function.Untaken, Is.Zero);
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Replay_ContentThatIsNotAPayload_StaysInTheQueue()
    {
        var scheduled = await _stack.SendAsync("UndeliveredEventsQueue", """{"detail-type":"Scheduled Event","source":"aws.events"}""");
        await _stack.SendAsync("FailedRunsQueue", FailedRun("daily-uptime"));
        await using var function = LoopbackServer.Giving(Accepted);

        var result = await _stack.RunAsync(function, string.Empty, "redrive", "--all", "--yes");

        Assert.That(await _stack.ReceiveAsync("UndeliveredEventsQueue"), Has.Count.EqualTo(1));
        Assert.That(result.Error, Does.Contain($"{scheduled[..8]} cannot be run again: its content is not a payload"));
        Assert.That(result.ExitCode, Is.EqualTo(3));
    }

    [Test]
    public async Task Replay_AtATerminal_ShowsPayloadReasonAndPause()
    {
        await _stack.RunAsync("pause", "daily-uptime", "--reason", "TICKET-1");
        await _stack.SendAsync("FailedRunsQueue", FailedRun("daily-uptime").Replace(
            "\"id\":",
            """
            "parameters":{"day":"2026-11-21","connection":"main","password":"s3cret"},"id":
            """, StringComparison.Ordinal));
        await using var function = LoopbackServer.Giving();

        var list = await _stack.RunAsync("redrive");
        var question = await _stack.TypeAsync(function, "n\n", "redrive", "--all");

        const string Payload = "    id event-1, parameters day=2026-11-21, connection=***, password=***\n"
            + "    Job 'daily-uptime' failed: no table";
        Assert.That(list.Output, Does.Contain(Payload).And.Contain("\ndispatch redrive --json --stack maintenance\n"));
        Assert.That(question.Error, Does.Contain(Payload));
        Assert.That(question.Error, Does.Match(@"daily-uptime is paused by \S+ since \S+ \S+ UTC:\s+TICKET-1"));
        Assert.That(function.Untaken, Is.Zero);
        Assert.That(question.ExitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task Replay_Confirmed_SaysThatTheJobIsPaused()
    {
        await _stack.RunAsync("pause", "daily-uptime", "--reason", "TICKET-1");
        await _stack.SendAsync("FailedRunsQueue", FailedRun("daily-uptime"));
        await using var function = LoopbackServer.Giving(Accepted);

        var result = await _stack.RunAsync(function, string.Empty, "redrive", "--all", "--yes");

        Assert.That(result.Error, Does.Match(@"daily-uptime is paused by \S+ since \S+ \S+ UTC:\s+TICKET-1"));
    }

    [TestCase("n", 2, 1)]
    [TestCase("", 2, 1)]
    [TestCase("yes", 0, 0)]
    public async Task Purge_AtATerminal_AsksFirst(string answer, int exitCode, int left)
    {
        var message = await _stack.SendAsync("FailedRunsQueue", FailedRun("daily-uptime"));
        await using var function = LoopbackServer.Giving();

        var result = await _stack.TypeAsync(function, $"{answer}\n", "redrive", message, "--purge");

        Assert.That(result.Error, Does.Contain("Delete 1 message for good, without running what is in them? [y/N]"));
        Assert.That(await _stack.ReceiveAsync("FailedRunsQueue"), Has.Count.EqualTo(left));
        Assert.That(function.Untaken, Is.Zero);
        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
    }

    [Test]
    public async Task Replay_WithoutTerminalAndYes_IsRefused()
    {
        await _stack.SendAsync("FailedRunsQueue", FailedRun("daily-uptime"));
        await using var function = LoopbackServer.Giving(Accepted);

        var result = await _stack.RunAsync(function, string.Empty, "redrive", "--all");

        Assert.That(function.Untaken, Is.Zero);
        Assert.That(result.Error, Does.Contain("Add --yes."));
        Assert.That(result.ExitCode, Is.EqualTo(2));
    }

    [TestCase("redrive 1234 --all", "not both")]
    [TestCase("redrive --purge", "Nothing to purge is named")]
    [TestCase("redrive --all --json", "'--json' is for the list")]
    [TestCase("redrive 00000000 --yes", "No message '00000000' is in these queues")]
    public async Task Redrive_Nonsense_IsRefused(string command, string message)
    {
        var result = await _stack.RunAsync(command.Split(' '));

        Assert.That(result.Error, Does.Contain(message));
        Assert.That(result.ExitCode, Is.EqualTo(2));
    }

    private static string FailedRun(string job) => $$$"""
        {"version":"1.0","timestamp":"2026-11-22T03:10:00.000Z",
         "requestContext":{"requestId":"1","functionArn":"arn","condition":"RetriesExhausted","approximateInvokeCount":3},
         "requestPayload":{"job":"{{{job}}}","id":"event-1","scheduledTime":"2026-11-22T03:00:00Z"},
         "responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},
         "responsePayload":{"errorType":"JobFailedException","errorMessage":"Job '{{{job}}}' failed: no table (run {{{RunId}}})"}}
        """;
}
