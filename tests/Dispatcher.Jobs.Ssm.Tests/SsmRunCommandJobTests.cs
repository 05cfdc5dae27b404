using System.Net;
using Amazon.SimpleSystemsManagement.Model;
using static Dispatcher.Jobs.Ssm.Tests.SsmHarness;

namespace Dispatcher.Jobs.Ssm.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SsmRunCommandJobTests
{
    private readonly FakeSsm _ssm = new();

    [Test]
    public async Task RunAsync_AllParameters_AreInTheRequest()
    {
        await using var harness = Create(_ssm, Allowed);

        var record = await harness.RunAsync(PayloadOf("""
            {"document":"AWS-RunShellScript","documentVersion":"$LATEST","commands":["set -e","date"],
             "parameters":{"workingDirectory":["/srv"]},
             "targets":[{"key":"tag:Role","values":["web","api"]},{"key":"tag:Stage","values":["prod"]}],"timeoutSeconds":60,
             "executionTimeoutSeconds":300,"maxConcurrency":"10%","maxErrors":"1","comment":"night"}
            """));

        var request = _ssm.Calls.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
            Assert.That(record.Count("commandsSent"), Is.EqualTo(1));
            Assert.That((request.DocumentName, request.DocumentVersion), Is.EqualTo(("AWS-RunShellScript", "$LATEST")));
            Assert.That(request.Parameters["commands"], Is.EqualTo(new[] { "set -e", "date" }));
            Assert.That(request.Parameters["workingDirectory"], Is.EqualTo(new[] { "/srv" }));
            Assert.That(request.Parameters["executionTimeout"], Is.EqualTo(new[] { "300" }));
            Assert.That(request.InstanceIds, Is.Null);
            Assert.That(request.Targets.Select(target => target.Key), Is.EqualTo(new[] { "tag:Role", "tag:Stage" }));
            Assert.That(request.Targets[0].Values, Is.EqualTo(new[] { "web", "api" }));
            Assert.That((request.TimeoutSeconds, request.MaxConcurrency, request.MaxErrors), Is.EqualTo(((int?)60, "10%", "1")));
            Assert.That(request.Comment, Does.Match("^night [0-9a-f-]{36}$"));
            Assert.That(
                record.Summary, Does.Match("^Sent command [0-9a-f-]{36}: AWS-RunShellScript on tag:Role=web\\|api and tag:Stage=prod."));
        }
    }

    [Test]
    public async Task RunAsync_LongNameAndSlot_KeepTheLimitOfAComment()
    {
        await using var harness = Create(_ssm, Allowed);

        await harness.RunAsync(PayloadOf(
            $$"""{"commands":["date"],"instanceIds":["{{First}}"],"comment":"{{new string('c', 60)}}"}""",
            $"\"id\":\"{new string('x', 256)}\","));

        Assert.That(_ssm.Calls.Single().Comment, Has.Length.LessThanOrEqualTo(100));
    }

    [Test]
    public async Task RunAsync_SlotDeliveredTwice_SendsOneCommand()
    {
        for (var other = 0; other < 5; other++)
        {
            _ssm.Commands.Add(new Command { CommandId = $"other-{other}", Comment = "night 7bf73129-1428-4cd3-a780-95db273d1602" });
        }

        await using var harness = Create(_ssm, Allowed);
        var payload = PayloadOf(Minimal, "\"id\":\"event-1\",");

        await harness.RunAsync(payload);
        var second = await harness.RunAsync(payload);

        Assert.That(_ssm.Calls, Has.Count.EqualTo(1));
        Assert.That(second.Status, Is.EqualTo(JobStatus.Skipped), second.Summary);
        Assert.That(second.Summary, Does.Contain($"An earlier delivery of this slot has sent command {_ssm.Commands[^1].CommandId}"));
        Assert.That(_ssm.Searches[0].Filters.Single().Value, Is.EqualTo("2026-11-21T03:00:00Z"));
    }

    [TestCase("\"id\":\"event-2\",", Minimal)]
    [TestCase("\"id\":\"event-1\",", $$"""{"commands":["uptime"],"instanceIds":["{{First}}"]}""")]
    public async Task RunAsync_OtherSlotOrCommand_IsSent(string around, string parameters)
    {
        await using var harness = Create(_ssm, Allowed);

        await harness.RunAsync(PayloadOf(Minimal, "\"id\":\"event-1\","));
        await harness.RunAsync(PayloadOf(parameters, around));

        Assert.That(_ssm.Calls, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_AnswerIsLost_FindsTheCommandAndDoesNotRepeatIt()
    {
        _ssm.NextLosesItsAnswer(FakeSsm.Error("InternalServerError", HttpStatusCode.InternalServerError));
        await using var harness = Create(_ssm, Allowed);

        var record = await harness.RunAsync(PayloadOf(Minimal));

        Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded), record.Summary);
        Assert.That(_ssm.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RunAsync_AnswerIsLostAndTheCommandIsNotFound_NamesTheCommentAndDoesNotRepeatIt()
    {
        _ssm.NextThrows(FakeSsm.Error("InternalServerError", HttpStatusCode.InternalServerError));
        await using var harness = Create(_ssm, Allowed);

        var record = await harness.RunAsync(PayloadOf(Minimal));

        Assert.That(record.Status, Is.EqualTo(JobStatus.Failed), record.Summary);
        Assert.That(record.Summary, Does.Contain("may run the command all the same").And.Contain(_ssm.Calls.Single().Comment));
    }

    [Test]
    public async Task RunAsync_NoSuchDocument_FailsWithOneClearMessage()
    {
        _ssm.NextThrows(new InvalidDocumentException("no"));
        await using var harness = Create(_ssm, Allowed);

        var record = await harness.RunAsync(PayloadOf(Minimal));

        Assert.That(record.Summary, Does.StartWith("There is no document 'AWS-RunShellScript' in the function's account and region"));
    }

    [Test]
    public async Task RunAsync_InstanceThatDoesNotAnswer_FailsWithOneClearMessage()
    {
        _ssm.NextThrows(new InvalidInstanceIdException("not in valid state"));
        await using var harness = Create(_ssm, Allowed);

        var record = await harness.RunAsync(PayloadOf(Minimal));

        Assert.That(record.Summary, Does.StartWith($"Systems Manager refused the instances {First}: one of them is not known to it"));
    }

    [Test]
    public async Task RunAsync_Denied_NamesThePermission()
    {
        _ssm.NextThrows(FakeSsm.Error("AccessDeniedException", HttpStatusCode.BadRequest));
        await using var harness = Create(_ssm, Allowed);

        var record = await harness.RunAsync(PayloadOf(Minimal));

        Assert.That(record.Summary, Does.Contain("Allow ssm:SendCommand in the function's role."));
    }

    [Test]
    public async Task RunAsync_RealRun_KeepsTheCommandOutOfTheResultAndTheLog()
    {
        await using var harness = Create(_ssm, Allowed);

        var record = await harness.RunAsync(PayloadOf($$"""{"commands":["only-for-the-instance"],"instanceIds":["{{First}}"]}"""));

        Assert.That(record.Changes.Items.Single().Reason, Does.Not.Contain("only-for-the-instance"));
        Assert.That(harness.Logs.Lines, Has.None.Contains("only-for-the-instance"));
    }
}
