using System.Text.Json;

namespace Dispatcher.Tool.Tests.Commands.Deployment;

/// <summary>Runs 'dispatch validate' as a hook or a build step does.</summary>
public sealed class ValidateCommandTests
{
    private const string Good = """
        {"Resources":{"F":{"Type":"AWS::Serverless::Function","Properties":{"Handler":"Dispatcher.Function","Timeout":900,
          "Environment":{"Variables":{"TABLE_NAME":"t-1","BUCKET":"uploads"}},
          "Events":{"E":{"Type":"Schedule","Properties":{"Schedule":"rate(1 hour)","Input":"{\"job\":\"video-upload-cleanup\"}"}}}}}}}
        """;

    [Test]
    public async Task Validate_GoodTemplate_SaysNothingOnStandardOutput()
    {
        using var folder = new TemporaryFolder();

        var result = await Dispatch.RunAsync(["validate", folder.Write("t.json", Good)], environment: Nowhere);

        Assert.That(
            (result.ExitCode, result.Output, result.Error.Trim()), Is.EqualTo((0, string.Empty, "1 template with 1 trigger: no problem")));
    }

    [Test]
    public async Task Validate_SeveralMistakesInSeveralFiles_OneLineEachAndExitCode2()
    {
        using var folder = new TemporaryFolder();
        folder.Write(
            "t.json", Good.Replace("rate(1 hour)", "rate(1 hours)").Replace("cleanup\\\"", "cleanup\\\",\\\"dry\\\":1,\\\"run\\\":2"));
        folder.Write("p.json", """{"job":"daily-uptime","parameters":{"points":-1}}""");

        var result = await Dispatch.RunAsync(["validate", "t.json", "p.json", "nope.json"], environment: Nowhere, directory: folder.Path);

        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines.Select(line => string.Join(':', line.Split(':').Take(2))), Is.EquivalentTo(
            new[] { "t.json: F.E", "t.json: F.E", "t.json: F.E", "p.json: payload", "nope.json: file" }));
        Assert.That(result.Output, Does.Contain("write rate(1 hour)").And.Contain("Unknown field 'dry'").And.Contain(
            "'points' is -1").And.Contain("does not exist"));
        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("5 errors").And.Not.Contain("   at "));
    }

    [TestCase("""{"job":"daily-uptime","parameters":{"points":2}}""", 0)]
    [TestCase("""{"job":"daily-uptmie"}""", 2)]
    [TestCase("""{"job":"$list"}""", 0)]
    [TestCase("""{"job":"$lst"}""", 2)]
    [TestCase("""{"Records":[{"eventSource":"aws:sqs","body":"{\"job\":\"daily-uptime\"}"}]}""", 0)]
    [TestCase("""{"Records":[{"eventSource":"aws:sqs","body":"{\"job\":\"daily-uptime\"}"},{"eventSource":"aws:sqs","body":"x"}]}""", 2)]
    public async Task Validate_PayloadAsArgumentOrStandardInput_IsChecked(string payload, int expected)
    {
        var inline = new TestTerminal();
        var piped = new TestTerminal(input: payload);

        Assert.That(await inline.RunAsync("validate", payload), Is.EqualTo(expected), inline.Out);
        Assert.That(await piped.RunAsync("validate", "-"), Is.EqualTo(expected), piped.Out);
        Assert.That(piped.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(expected / 2));
    }

    [TestCase("""{"job":"video-upload-cleanup"}""", 0)]
    [TestCase("""{"job":"refresh-materialized-view"}""", 2)]
    public async Task Validate_PayloadWithATemplate_IsReadInItsEnvironment(string payload, int expected)
    {
        using var folder = new TemporaryFolder();
        var terminal = new TestTerminal();

        var exitCode = await terminal.RunAsync("validate", payload, "--template", folder.Write("t.json", Good));

        Assert.That(exitCode, Is.EqualTo(expected), terminal.Out);
    }

    [TestCase(new string[0], 0)]
    [TestCase(new[] { "--strict" }, 2)]
    public async Task Validate_OnlyAWarning_FailsIfStrict(string[] options, int expected)
    {
        using var folder = new TemporaryFolder();
        var terminal = new TestTerminal();
        var file = folder.Write("t.json", Good.Replace("rate(1 hour)", "cron(0 9 ? * 1-5 *)"));

        Assert.That(await terminal.RunAsync(["validate", file, .. options]), Is.EqualTo(expected));
        Assert.That(terminal.Out, Does.StartWith($"{file}: F.E: warning: cron(0 9 ? * 1-5 *) runs from Sunday"));
    }

    [Test]
    public async Task Validate_Json_IsAnArrayOfEverything()
    {
        var terminal = new TestTerminal();

        var exitCode = await terminal.RunAsync("validate", """{"job":5}""", "--json");

        var found = JsonElement.Parse(terminal.Out)[0];
        Assert.That(
            new[] { "file", "severity", "resource", "message" }.Select(name => found.GetProperty(name).GetString()),
            Is.EqualTo(new[] { "payload", "error", "payload", "Field 'job' must be the name of a job, but is 5." }));
        Assert.That(exitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task Validate_NoFile_TakesTheTemplateAbove()
    {
        using var folder = new TemporaryFolder();
        folder.Write("serverless.template", Good);
        var below = Directory.CreateDirectory(Path.Combine(folder.Path, "a", "b"));

        var result = await DispatchProcess.RunAsync(["validate"], environment: Nowhere, directory: below.FullName);

        Assert.That((result.ExitCode, result.Error.Trim()), Is.EqualTo((0, "1 template with 1 trigger: no problem")));
    }

    [TestCase("[1]", "The payload is an array, not an object")]
    [TestCase("", "The payload is empty")]
    [TestCase("{\"a\":", "is not JSON that can be read")]
    [TestCase("\u0000\u0001\u0002", "is not JSON that can be read")]
    [TestCase("{\"Resources\":5}", "Unknown field 'Resources'")]
    [TestCase("AWSTemplateFormatVersion: 2010\nResources:\n  A: [\n", "is not valid YAML (line 4)")]
    public async Task Validate_Nonsense_IsOneLineAndExitCode2(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        var terminal = new TestTerminal();

        var exitCode = await terminal.RunAsync("validate", folder.Write("x.json", content));

        Assert.That(terminal.Out, Does.Contain(expected));
        Assert.That(exitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task Validate_FileOf50Megabytes_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("x.json", string.Empty);
        using (var stream = File.OpenWrite(file))
        {
            stream.SetLength(50_000_000);
        }

        var terminal = new TestTerminal();

        Assert.That(await terminal.RunAsync("validate", file), Is.EqualTo(2));
        Assert.That(terminal.Out, Does.Contain("is larger than 1,048,576 bytes"));
    }

    [TestCase("'--parameter' sets template parameters", "validate", "{\"job\":\"daily-uptime\"}", "-p", "A=1")]
    [TestCase("'--parameter A' sets nothing", "validate", "-p", "A")]
    [TestCase("There is no option '--strickt' here", "validate", "--strickt")]
    [TestCase("does not exist", "validate", "{}", "--template", "nope.json")]
    [TestCase("Unknown time zone 'Europe/Berln'. Did you mean 'Europe/Berlin'?", "schedules", "--time-zone", "Europe/Berln")]
    [TestCase("'--next' must be from 1 to 100", "schedules", "--next", "0")]
    [TestCase("does not exist", "schedules", "--template", "nope.json")]
    [TestCase("The directory '.' has no serverless.template", "schedules", "--template", ".")]
    [TestCase("no parameter 'VideoUploadBuckte'. Did you mean", "schedules", "-p", "VideoUploadBuckte=x")]
    public async Task Dispatch_CommandLineIsWrong_SaysSo(string expected, params string[] args)
    {
        var terminal = new TestTerminal(width: 500);

        Assert.That(await terminal.RunAsync(args), Is.EqualTo(2));
        Assert.That(terminal.Error, Does.Contain(expected));
        Assert.That(terminal.Out, Is.Empty);
    }

    /// <summary>Nobody listens there: whoever connects fails.</summary>
    private static Dictionary<string, string> Nowhere => new() { ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9" };

    [Test]
    public async Task Validate_Directory_ChecksTheTemplateInIt()
    {
        using var folder = new TemporaryFolder();
        folder.Write("template.json", Good);
        var empty = Directory.CreateDirectory(Path.Combine(folder.Path, "empty")).FullName;

        var result = await Dispatch.RunAsync(["validate", folder.Path, empty], environment: Nowhere);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Output, Does.Contain($"{empty}: file: The directory '{empty}' has no serverless.template, template.yaml"));
        Assert.That(result.Error, Does.Contain("1 template with 1 trigger: 1 error"));
    }

    [Test]
    public async Task Validate_NoEchoParameter_IsNotShown()
    {
        using var folder = new TemporaryFolder();
        const string parameters = "{\"Parameters\":{\"Rate\":{\"Type\":\"String\",\"NoEcho\":true,\"AllowedPattern\":\"rate.*\"}},";
        var template = parameters + Good.Replace("\"rate(1 hour)\"", "{\"Ref\":\"Rate\"}").TrimStart('{');

        var result = await Dispatch.RunAsync(
            ["validate", folder.Write("t.json", template), "--parameter", "Rate=hunter2", "--json"], environment: Nowhere);

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Output);
        Assert.That(result.Output + result.Error, Does.Not.Contain("hunter2").And.Contains("must match rate.*"));
    }

    [Test]
    public async Task Validate_UndefinedNames_AreErrorsWithTheirLines()
    {
        using var folder = new TemporaryFolder();
        folder.Write("t.yaml", """
            Transform: AWS::Serverless-2016-10-31
            Conditions:
              Live: !Equals [!Ref AWS::Region, x]
            Resources:
              Worker:
                Type: AWS::Serverless::Function
                Condition: Liev
                Properties:
                  Handler: Dispatcher.Function
                  Role: !GetAtt WorkerRol.Arn
                  Timeout: 900
              Queue:
                Type: AWS::SQS::Queue
                Properties:
                  QueueName: !Sub '${AWS::StackName}-${Nmae}'
                  RedrivePolicy:
                    deadLetterTargetArn: !GetAtt DeadQueue.Arn
              Rule:
                Type: AWS::Events::Rule
                Properties:
                  ScheduleExpression: !Ref Rate
                  Targets:
                  - Id: a
                    Arn: !GetAtt Worker.Arn
            Outputs:
              Url:
                Value: !Ref Quue
            """);

        var result = await Dispatch.RunAsync(["validate", "t.yaml"], environment: Nowhere, directory: folder.Path);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        using (Assert.EnterMultipleScope())
        {
            const string end = "which the template does not define.";
            Assert.That(result.Output, Does.Contain($"t.yaml: Worker: Line 7 uses 'Liev', {end} Correct the name, or define it."));
            Assert.That(result.Output, Does.Contain($"t.yaml: Queue: Properties.QueueName in line 15 uses 'Nmae', {end}"));
            Assert.That(
                result.Output,
                Does.Contain($"t.yaml: Queue: Properties.RedrivePolicy.deadLetterTargetArn in line 17 uses 'DeadQueue', {end}"));
            Assert.That(result.Output, Does.Contain($"t.yaml: Rule: Properties.ScheduleExpression in line 21 uses 'Rate', {end}"));
            Assert.That(
                result.Output, Does.Contain($"t.yaml: Outputs.Url: Value in line 27 uses 'Quue', {end} Did you mean 'Queue'?"));
            Assert.That(result.Output, Does.Not.Contain("neither a parameter nor a resource").And.Not.Contain("There is no condition"));
        }
    }

    [TestCase("Transform: AWS::LanguageExtensions")]
    [TestCase("Transform: [AWS::Serverless-2016-10-31, AWS::Include]")]
    public async Task Validate_UndefinedNameThatATransformMayDefine_IsNoError(string transform)
    {
        using var folder = new TemporaryFolder();
        folder.Write("t.yaml", $"{transform}\nResources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: !Ref Nope\n");

        var result = await Dispatch.RunAsync(["validate", "t.yaml"], environment: Nowhere, directory: folder.Path);

        Assert.That((result.ExitCode, result.Output.Contains("Nope")), Is.EqualTo((0, false)), result.Output);
    }

    [Test]
    public async Task Validate_TabInYaml_NamesItsLine()
    {
        using var folder = new TemporaryFolder();
        folder.Write("t.yaml", "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties:\n\t  QueueName: x\n");

        var result = await Dispatch.RunAsync(["validate", "t.yaml"], environment: Nowhere, directory: folder.Path);

        Assert.That(result.Output, Does.Contain("is not valid YAML (line 5): A line is indented with a tab. Indent it with spaces."));
    }

    [Test]
    public async Task Validate_DeploymentDefaultsOfWrongTypes_AreAllErrors()
    {
        using var folder = new TemporaryFolder();
        folder.Write("aws-lambda-tools-defaults.json", """{"region":["eu-central-1"],"stack-name":{}}""");

        var result = await Dispatch.RunAsync(["validate", folder.Write("t.json", Good)], environment: Nowhere);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(
            result.Output,
            Does.Contain("\"region\" must be text, but is an array.").And.Contain("\"stack-name\" must be text, but is an object."));
    }

    [Test]
    public async Task Validate_DeploymentDefaultsOfOneTemplateAreWrong_ChecksTheNext()
    {
        using var folder = new TemporaryFolder();
        folder.Write("aws-lambda-tools-defaults.json", "{");
        using var other = new TemporaryFolder();

        var result = await Dispatch.RunAsync(
            ["validate", folder.Write("t.json", Good), other.Write("t.json", Good)], environment: Nowhere);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Output, Does.Contain("aws-lambda-tools-defaults.json' is not valid JSON"));
        Assert.That(result.Error, Does.Contain("1 template with 1 trigger: 1 error"));
    }
}
