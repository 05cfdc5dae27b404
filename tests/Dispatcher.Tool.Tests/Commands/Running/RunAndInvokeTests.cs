using System.Text.Json;
using Dispatcher.Cli.Demo;
using Dispatcher.Cli.Samples;
using Dispatcher.LocalServers.Moto;

namespace Dispatcher.Tool.Tests.Commands.Running;

/// <summary>Runs the job on a server with one expired and one finished upload.</summary>
public sealed class RunAndInvokeTests
{
    private const string Job = "video-upload-cleanup";

    private MotoServer _server = null!;
    private Dictionary<string, string> _variables = null!;

    [SetUp]
    public async Task FillAsync()
    {
        _server = await LocalAws.ResetAsync();
        await LocalAws.AddUploadAsync(_server, "created");
        await LocalAws.AddUploadAsync(_server, "uploaded");
        var environment = new LocalEnvironment(_server, LocalResources.Variables);
        _variables = new Dictionary<string, string>(environment.Variables) { ["CLEANUP_AGE_HOURS"] = "0" };
    }

    [Test]
    public async Task Invoke_DryRun_ListsTheChangesAndMakesNone()
    {
        var result = await Dispatch.RunAsync(["invoke", "--event", "-"], $$"""{"job":"{{Job}}","dryRun":true}""", _variables);

        var answer = Parse(result);
        Assert.That(answer.GetProperty("status").GetString(), Is.EqualTo("planned"));
        Assert.That(
            answer.GetProperty("changes").GetProperty("items").EnumerateArray().Select(item => item.GetProperty("action").GetString()),
            Does.Contain("s3:DeleteObject"));
        Assert.That(await CountAsync(), Is.EqualTo((Sessions: 2, Objects: 2)));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Invoke_ForReal_CountsAsTheDryRunDidAndMakesTheChanges()
    {
        var plan = await Dispatch.RunAsync(["invoke"], $$"""{"job":"{{Job}}","dryRun":true}""", _variables);
        var run = await Dispatch.RunAsync(["invoke"], $$"""{"job":"{{Job}}"}""", _variables);

        Assert.That(Parse(run).GetProperty("counts").GetRawText(), Is.EqualTo(Parse(plan).GetProperty("counts").GetRawText()));
        Assert.That(await CountAsync(), Is.EqualTo((Sessions: 1, Objects: 1)));
        Assert.That(run.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Invoke_RunFails_PrintsTheResultAndSaysWhy()
    {
        _variables["TABLE_NAME"] = "NoSuchTable";

        var result = await Dispatch.RunAsync(["invoke"], $$"""{"job":"{{Job}}"}""", _variables);

        Assert.That(Parse(result).GetProperty("status").GetString(), Is.EqualTo("failed"));
        Assert.That(result.Error, Does.Contain($"error: Job '{Job}' failed:").And.Contain("NoSuchTable"));
        Assert.That(result.Error, Does.Not.Contain("   at "));
        Assert.That(result.ExitCode, Is.EqualTo(1));
    }

    [TestCase("jobs", "good,good", 0)]
    [TestCase("jobs", "good,bad,good", 3)]
    [TestCase("jobs", "bad,bad", 1)]
    [TestCase("jobs", "failing", 1)]
    [TestCase("jobs.fifo", "good,bad,good", 3)]
    [TestCase("jobs.fifo", "bad,good", 1)]
    public async Task Invoke_SqsBatch_ExitCodeTellsHowManyFailed(string queue, string messages, int exitCode)
    {
        var records = messages.Split(',').Select((kind, index) => new
        {
            messageId = $"m{index}",
            eventSource = "aws:sqs",
            eventSourceARN = $"arn:aws:sqs:us-east-1:123456789012:{queue}",
            body = kind switch
            {
                "good" => $$"""{"job":"{{Job}}","dryRun":true}""",
                "bad" => """{"job":"no-such-job"}""",
                _ => $$$"""{"job":"{{{Job}}}","dryRun":true,"parameters":{"table":"NoSuchTable"}}""",
            },
        });

        var result = await Dispatch.RunAsync(["invoke"], JsonSerializer.Serialize(new { Records = records }), _variables);

        var returned = Parse(result).GetProperty("batchItemFailures").GetArrayLength();
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.Error);
        Assert.That(result.Error.Contains(
            $"error: {returned} of {messages.Split(',').Length} message", StringComparison.Ordinal), Is.EqualTo(exitCode != 0));
    }

    [Test]
    public async Task Invoke_List_AnswersAnArray()
    {
        var result = await DispatchProcess.RunAsync(["invoke"], """{"job":"$list"}""", _variables);

        Assert.That(Parse(result).EnumerateArray().Select(job => job.GetProperty("name").GetString()), Does.Contain(Job));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Run_Json_IsAllThatStandardOutputHolds()
    {
        var result = await DispatchProcess.RunAsync(["run", Job, "--dry-run", "--json", "-p", "batchSize=5"], environment: _variables);

        Assert.That(Parse(result).GetProperty("status").GetString(), Is.EqualTo("planned"));
        Assert.That(result.Error, Is.Empty);
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Run_ForAPerson_SaysWhatWasDone()
    {
        var result = await Dispatch.RunAsync(["run", Job], environment: _variables);

        Assert.That(result.Output, Does.Contain(" SUCCEEDED ").And.Contain("5 bytes freed"));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Run_AnItemIsBroken_EndsWith3AndNamesTheItem()
    {
        await LocalAws.AddUploadAsync(_server, "created", hasKey: false);

        var result = await Dispatch.RunAsync(["run", Job], environment: _variables);

        Assert.That(result.Output, Does.Contain(" PARTIAL ").And.Contain("dynamodb://UploadSessions/"));
        Assert.That(result.ExitCode, Is.EqualTo(3));
    }

    [Test]
    public async Task Run_DryRunIsForcedByTheEnvironment_MakesNoChange()
    {
        _variables["DRY_RUN"] = "true";

        var result = await Dispatch.RunAsync(["run", Job], environment: _variables);

        Assert.That(result.Output, Does.Contain("DRY_RUN is set in the environment"));
        Assert.That(await CountAsync(), Is.EqualTo((Sessions: 2, Objects: 2)));
    }

    [Test]
    public async Task Describe_Json_IsAnObjectWithTheName()
    {
        var result = await DispatchProcess.RunAsync(["describe", Job, "--json"]);

        Assert.That(Parse(result).GetProperty("name").GetString(), Is.EqualTo(Job));
    }

    [Test]
    public async Task Describe_ForAPerson_ShowsLimitsDefaultsAndVariables()
    {
        var result = await Dispatch.RunAsync(["describe", Job]);

        Assert.That(result.Output, Does.Contain("a whole number from 1 to 1000")
            .And.Contain("default 100").And.Contain("or from $BATCH_SIZE"));
    }

    private static JsonElement Parse(ProcessResult result)
    {
        Assert.That(result.Output, Does.EndWith("\n").And.Not.Empty, result.Error);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private async Task<(int Sessions, int Objects)> CountAsync()
    {
        var found = await DemoSnapshot.TakeAsync(_server, CancellationToken.None);
        return (found.Sessions.Count, found.Objects.Count);
    }
}
