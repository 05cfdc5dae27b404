namespace Dispatcher.Tool.Tests;

/// <summary>
/// Gives the tool everything wrong: a clear message, exit code 2, nothing on standard output, no stack trace, nothing run.
/// </summary>
public sealed class BadInputTests
{
    private const string Job = "video-upload-cleanup";

    private static readonly Dictionary<string, string> Environment = new()
    {
        ["TABLE_NAME"] = "UploadSessions", ["BUCKET"] = "uploads",
        // Nobody listens there: a job that ran in spite of its input would fail otherwise.
        ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9", ["AWS_REGION"] = "us-east-1",
    };

    private static IEnumerable<TestCaseData> Payloads()
    {
        yield return Payload("NoJob", "{}", "The payload has no field 'job'. Send {\"job\":\"NAME\"}");
        yield return Payload("Array", "[]", "The payload is an array, not an object. Send {\"job\":\"NAME\"}.");
        yield return Payload("NotJson", "not json", "The payload is not JSON that can be read");
        yield return Payload("HalfJson", "{\"job\":", "The payload is not JSON that can be read");
        yield return Payload("TwoValues", "{} {}", "The payload is not JSON that can be read");
        yield return Payload("Empty", "", "The payload is empty. Send at least {\"job\":\"NAME\"}.");
        yield return Payload("Blank", " \n", "The payload is empty.");
        yield return Payload("HalfOfAPairAsName", """{"\ud800":1}""", "Unknown field");
        yield return Payload("HalfOfAPairAsJob", """{"job":"\ud800"}""", "Field 'job' must be the name of a job");
        yield return Payload("HalfOfAPairAsTime", $$"""{"job":"{{Job}}","scheduledTime":"\ud800"}""", "Field 'scheduledTime' must be");
        yield return Payload("JobIsNumber", """{"job":5}""", "Field 'job' must be the name of a job, but is 5.");
        yield return Payload("MisspeltJob", """{"job":"video-upload-clenup"}""", $"Did you mean '{Job}'?");
        yield return Payload("MisspeltQuestion", """{"job":"$lst"}""", "Did you mean '$list'?");
        yield return Payload("MisspeltDryRun", $$"""{"job":"{{Job}}","dry_run":true}""", "Unknown field 'dry_run'. Did you mean 'dryRun'?");
        yield return Payload(
            "DryRunIsWord", $$"""{"job":"{{Job}}","dryRun":"yes"}""", "Field 'dryRun' must be true or false, but is \"yes\".");
        yield return Payload(
            "UnknownParameter", $$$"""{"job":"{{{Job}}}","parameters":{"batchsize":5}}""", "Unknown parameter 'batchsize' of job");
        yield return Payload(
            "OutOfRange", $$$"""{"job":"{{{Job}}}","parameters":{"cleanupAgeHours":-1}}""",
                "Parameter 'cleanupAgeHours' is -1: it must be from 0");
        yield return Payload(
            "WrongType", $$$"""{"job":"{{{Job}}}","parameters":{"batchSize":1.5}}""", "Parameter 'batchSize' must be a whole number");
        yield return Payload(
            "WrongWord", $$$"""{"job":"{{{Job}}}","parameters":{"orphans":"keep"}}""", "must be one of report, quarantine, delete");
        yield return Payload(
            "TwoMegabytes", $$$"""{"job":"{{{Job}}}","parameters":{"x":"{{{new string('x', 2_000_000)}}}"}}""",
                "The payload is larger than 1,048,576 bytes");
        yield return Payload(
            "DeeplyNested", $$"""{"job":"{{Job}}","parameters":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""",
                "more than 64 levels deep");
    }

    private static IEnumerable<TestCaseData> CommandLines()
    {
        yield return CommandLine("UnknownCommand", "'frobnicate'", "frobnicate");
        yield return CommandLine("RunWithoutJob", "JOB", "run");
        yield return CommandLine("UnknownOption", "--bogus", "run", Job, "--bogus");
        yield return CommandLine("OptionInPlaceOfJob", "--bogus", "run", "--bogus");
        yield return CommandLine("RunMisspeltJob", $"Did you mean '{Job}'?", "run", "video-upload-clenup");
        yield return CommandLine("DescribeMisspeltJob", $"Did you mean '{Job}'?", "describe", "video-upload-clenup");
        yield return CommandLine(
            "ParameterWithoutEquals", "'-p batchSize' sets nothing. Write -p name=value.", "run", Job, "-p", "batchSize");
        yield return CommandLine("ParameterWithoutName", "'-p =5' sets nothing.", "run", Job, "-p", "=5");
        yield return CommandLine("ParameterTwice", "'batchSize' is set twice by -p", "run", Job, "-p", "batchSize=1", "-p", "batchSize=2");
        yield return CommandLine("ParameterUnknown", "Did you mean 'batchSize'?", "run", Job, "-p", "batch-size=1");
        yield return CommandLine("ParameterOutOfRange", "Parameter 'batchSize' is 0: it must be from 1", "run", Job, "-p", "batchSize=0");
        yield return CommandLine("ParameterOfWrongType", "must be a whole number", "run", Job, "-p", "batchSize=many");
        yield return CommandLine(
            "ParametersFileMissing", "The parameters file 'nope.json' does not exist", "run", Job, "--parameters", "nope.json");
        yield return CommandLine("EventFileMissing", "The event file 'nope.json' does not exist", "invoke", "--event", "nope.json");
        yield return CommandLine("EventFileWithoutName", "The name of the event file is empty.", "invoke", "--event", "");
        yield return CommandLine("ParametersFileWithoutName", "The name of the parameters file is empty.", "run", Job, "--parameters", " ");
        yield return CommandLine("ParametersFileIsDirectory", "is a directory", "run", Job, "--parameters", ".");
        yield return CommandLine("TemplateWithoutName", "The name of the template is empty.", "schedules", "--template", "");
        yield return CommandLine("EventFileIsDirectory", "is a directory", "invoke", "--event", ".");
        yield return CommandLine("TimeoutOutOfRange", "from 1 to 900 seconds", "invoke", "--timeout", "901");
        yield return CommandLine("OneShard", "'--shards' must be from 2 to 64.", "run", Job, "--shards", "1");
        yield return CommandLine("TooManyShards", "'--shards' must be from 2 to 64.", "run", Job, "--shards", "65");
        yield return CommandLine("ShardsIsWord", "'many'", "run", Job, "--shards", "many");
        yield return CommandLine("NoWorker", "'--workers' must be from 1 to 64.", "run", Job, "--shards", "2", "--workers", "0");
        yield return CommandLine("WorkersWithoutShards", "'--workers' needs '--shards'.", "run", Job, "--workers", "2");
        yield return CommandLine(
            "ShardsOfAWholeJob", "Job 'daily-uptime' cannot be divided into shards.", "run", "daily-uptime", "--shards", "2");
        yield return CommandLine("TimeoutIsWord", "'soon'", "invoke", "--timeout", "soon");
    }

    [TestCaseSource(nameof(Payloads))]
    public async Task Invoke_PayloadIsWrong_SaysSoAndRunsNothing(string payload, string expected) =>
        AssertRefused(await Dispatch.RunAsync(["invoke", "--event", "-"], payload, Environment), expected);

    [TestCaseSource(nameof(CommandLines))]
    public async Task Dispatch_CommandLineIsWrong_SaysSoAndRunsNothing(string expected, string[] args) =>
        AssertRefused(await Dispatch.RunAsync(args, environment: Environment), expected);

    [TestCase("not json", "is not JSON that can be read")]
    [TestCase("", "is empty")]
    [TestCase("[1]", "is not a JSON object")]
    [TestCase("""{"batchSize":1,"batchSize":2}""", "sets 'batchSize' twice")]
    [TestCase("""{"job":"video-upload-cleanup"}""", "Unknown parameter 'job'")]
    [TestCase("""{"batchSize":"\ud800"}""", "not Unicode")]
    [TestCase("""{"\udc00":1}""", "not Unicode")]
    [TestCase("""{"tags":[{"a":"\ud800x"}]}""", "not Unicode")]
    public async Task Run_ParametersFileIsWrong_SaysSoAndRunsNothing(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("parameters.json", content);

        AssertRefused(await Dispatch.RunAsync(["run", Job, "--parameters", file], environment: Environment), expected);
    }

    [TestCase("TABLE_NAME")]
    [TestCase("BUCKET")]
    public async Task Invoke_EnvironmentLacksVariable_NamesIt(string missing)
    {
        var environment = new Dictionary<string, string>(Environment);
        environment.Remove(missing);

        AssertRefused(
            await Dispatch.RunAsync(["invoke"], $$"""{"job":"{{Job}}"}""", environment), $"Set the environment variable {missing}");
    }

    [TestCase("AWS_REGION", "not a region")]
    [TestCase("AWS_ENDPOINT_URL", "nonsense text")]
    [TestCase("AWS_ENDPOINT_URL", "localhost:5000")]
    public async Task AnyCommand_InvalidSettingOfAws_IsOneClearMessage(string name, string value)
    {
        string[][] commands =
        [
            ["status", "--stack", "x"], ["run", "video-upload-cleanup", "-p", "table=uploads", "-p", "bucket=uploads", "--dry-run"],
        ];
        foreach (var words in commands)
        {
            var result = await Dispatch.RunAsync(words, environment: new Dictionary<string, string> { [name] = value });

            Assert.That(result.ExitCode, Is.EqualTo(1), result.Error);
            Assert.That(
                result.Output + result.Error,
                Does.Contain($"The environment variable {name} is '{value}'").And.Not.Contain("nexpected").And.Not.Contain("Exception"));
        }
    }

    [Test]
    public async Task Invoke_SeveralThingsAreWrong_NamesAllOfThem()
    {
        var result = await DispatchProcess.RunAsync(
            ["invoke"], $$$"""{"job":"{{{Job}}}","dry_run":true,"parameters":{"batchSize":0,"orphans":"keep"}}""", Environment);

        Assert.That(
            result.Error.Split('\n').Count(line => line.StartsWith("error: ", StringComparison.Ordinal)), Is.EqualTo(3), result.Error);
    }

    [TestCase("{\"Resources\":{\"A\":{\"Type\":\"\\ud800\"}}}", "not Unicode")]
    [TestCase("{\"Resources\":{\"\\udc00\":{}}}", "not Unicode")]
    [TestCase("{\"Resources\":", "it ends at line 1, column 14, before its value is complete")]
    [TestCase("", "it ends at line 1, column 1, before its value is complete")]
    [TestCase("{\"Resources\":{\n\"Ü\":{}},}", "unexpected '}' at line 2, column 9")]
    public async Task Schedules_TemplateIsWrong_SaysSo(string content, string expected)
    {
        using var folder = new TemporaryFolder();

        var result = await Dispatch.RunAsync(["schedules", "--template", folder.Write("my.template", content)]);

        AssertRefused(result, expected);
        Assert.That(result.Error, Does.Not.Contain("BytePositionInLine"));
    }

    [TestCase("0")]
    [TestCase("soon")]
    public async Task Run_CallTimeoutIsWrong_RunsNothing(string seconds)
    {
        var environment = new Dictionary<string, string>(Environment) { ["AWS_CALL_TIMEOUT_SECONDS"] = seconds };

        AssertRefused(
            await Dispatch.RunAsync(["run", Job, "--dry-run"], environment: environment),
            $"The environment variable AWS_CALL_TIMEOUT_SECONDS is '{seconds}'.");
    }

    [TestCase("DRY_RUN")]
    [TestCase("METRICS_SINK")]
    public async Task Run_VariableIsNotUnderstood_RunsNothing(string name)
    {
        var environment = new Dictionary<string, string>(Environment) { [name] = "perhaps" };

        AssertRefused(await Dispatch.RunAsync(["run", Job], environment: environment), $"The environment variable {name} is 'perhaps'.");
    }

    [Test]
    public async Task Invoke_StandardInputIsATerminal_SaysWhatToDo()
    {
        var terminal = new TestTerminal(isInputTyped: true);

        var exitCode = await terminal.RunAsync("invoke");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(terminal.Error.ReplaceLineEndings(" "), Does.Contain("standard input is a terminal").And.Contain("--event FILE"));
        Assert.That(terminal.Out, Is.Empty);
    }

    private static void AssertRefused(ProcessResult result, string expected)
    {
        Assert.That(result.Error, Does.Contain(expected));
        Assert.That(result.Error, Does.Not.Contain("   at "), "a stack trace");
        Assert.That(result.Error, Has.Length.LessThan(2_000), "more than a person reads");
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.ExitCode, Is.EqualTo(2));
    }

    private static TestCaseData Payload(string name, string payload, string expected) =>
        new TestCaseData(payload, expected).SetArgDisplayNames(name);

    private static TestCaseData CommandLine(string name, string expected, params string[] args) =>
        new TestCaseData(expected, args).SetArgDisplayNames(name);
}
