using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Tests.Commands.Deployment;

/// <summary>Runs 'template' in the solution of a consumer.</summary>
public sealed class TemplateCommandTests
{
    private TemporaryFolder _folder = null!;

    private string TemplatePath => Path.Combine(_folder.Path, "serverless.template");

    [SetUp]
    public void CreateSolution()
    {
        _folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(_folder.Path, "src", "Acme.Function"));
        _folder.Write("src/Acme.Function/Acme.Function.csproj", "<Project/>");
    }

    [TearDown]
    public void DeleteSolution() => _folder.Dispose();

    [Test]
    public async Task Template_NoFile_FindsTheFunctionAndWritesTheJobs()
    {
        var (exitCode, _) = await RunAsync();

        var function = Property("Resources", "DispatcherFunction", "Properties");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.Zero);
            Assert.That(function.GetProperty("CodeUri").GetString(), Is.EqualTo("src/Acme.Function/"));
            Assert.That(function.GetProperty("Handler").GetString(), Is.EqualTo("Acme.Function"));
            Assert.That(
                Property("Resources").EnumerateObject().Select(resource => resource.Name).Where(
                    name => name.StartsWith("RotateLogs", StringComparison.Ordinal)),
                Is.EqualTo(new[]
                {
                    "RotateLogsRule", "RotateLogsPermission", "RotateLogsPolicy", "RotateLogsNoSuccessAlarm", "RotateLogsItemErrorsAlarm",
                    "RotateLogsFailedAlarm", "RotateLogsLongRunAlarm", "RotateLogsRole", "RotateLogsRolePolicy",
                }));
        }
    }

    [Test]
    public async Task Template_Again_IsUpToDate()
    {
        await RunAsync();
        var written = await File.ReadAllTextAsync(TemplatePath);

        var (exitCode, terminal) = await RunAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.Zero);
            Assert.That(terminal.Error, Does.Contain("is up to date."));
            Assert.That(await File.ReadAllTextAsync(TemplatePath), Is.EqualTo(written));
        }
    }

    [Test]
    public async Task Template_Check_FailsWithTheDifference()
    {
        await RunAsync();
        var fresh = await RunAsync("--check");
        await File.WriteAllTextAsync(
            TemplatePath, (await File.ReadAllTextAsync(TemplatePath)).Replace("\"rate(1 day)\"", "\"rate(2 days)\""));

        var (exitCode, terminal) = await RunAsync("--check");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fresh.ExitCode, Is.Zero);
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(terminal.Out.ReplaceLineEndings("\n"), Is.EqualTo("""
                Parameters.RotateLogsSchedule.Default
                  file:      "rate(2 days)"
                  generated: "rate(1 day)"

                """.ReplaceLineEndings("\n")));
            Assert.That(terminal.Error, Does.Contain("is stale: 1 difference. Run 'acme template'"));
        }
    }

    [Test]
    public async Task Template_CheckWithoutFile_Fails()
    {
        var (exitCode, terminal) = await RunAsync("--check");

        Assert.That((exitCode, terminal.Error.Contains("does not exist. Run 'acme template'")), Is.EqualTo((1, true)));
    }

    [Test]
    public async Task Template_OtherFormat_IsStale()
    {
        await RunAsync();
        await File.AppendAllTextAsync(TemplatePath, "\n");

        var (exitCode, terminal) = await RunAsync("--check");

        Assert.That((exitCode, terminal.Error.Contains("only its format or order differs")), Is.EqualTo((1, true)));
    }

    [Test]
    public async Task Template_UnknownPart_NamesThePartsOnOneLine()
    {
        var (exitCode, terminal) = await RunAsync("--without", "alarm");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(terminal.Error, Does.Contain("'tracing' 'job-queue'").And.Not.Contain("\\n"));
    }

    [Test]
    public async Task Template_RegistrationIsRefused_NamesTheJobAndIsNoFaultOfTheTool()
    {
        var terminal = new TestTerminal(errorWidth: 1000);

        var exitCode = await terminal.RunAsync(AddTwice, options => options.Name = "acme", ["template", "--output", TemplatePath]);

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(
            terminal.Error,
            Does.Contain("A job cannot be registered: Job 'rotate-logs' has a deployment already.")
                .And.Not.Contain("Unexpected").And.Not.Contain("Parameter"));
    }

    [Test]
    public async Task Template_AddedFile_IsRemembered()
    {
        _folder.Write("alerts.yaml", """
            Parameters:
              AlertEmail: { Type: String, Default: "" }
            Resources:
              Alerts:
                Type: AWS::SNS::Topic
                Properties:
                  DisplayName: !Sub "${AWS::StackName} alerts"
              DispatcherFunction:
                Properties:
                  Environment:
                    Variables:
                      ALERT_TOPIC: !Ref Alerts
            Outputs:
              AlertsName: { Value: !GetAtt Alerts.TopicName }
            """);

        await RunAsync("--add", Path.Combine(_folder.Path, "alerts.yaml"));
        var (exitCode, terminal) = await RunAsync("--check");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.Zero, terminal.Out);
            Assert.That(Property("Metadata", "Dispatcher::Template", "Add").GetRawText(), Is.EqualTo("""["alerts.yaml"]"""));
            Assert.That(
                Property("Resources", "DispatcherFunction", "Properties", "Environment", "Variables", "ALERT_TOPIC").ToString(),
                Is.EqualTo("""{ "Ref": "Alerts" }"""));
            Assert.That(
                Property("Outputs", "AlertsName", "Value", "Fn::GetAtt").GetRawText(), Is.EqualTo("""["Alerts", "TopicName"]"""));
        }
    }

    [TestCase("""{"Resources":{"AlarmTopic":{"Type":"AWS::SNS::Topic"}}}""", "defines Resources.AlarmTopic, which the template defines")]
    [TestCase(
        """{"Resources":{"DispatcherFunction":{"Properties":{"Timeout":3}}}}""",
        "sets Resources.DispatcherFunction.Properties.Timeout to 3, but the template sets it to {\"Ref\":\"TimeoutSeconds\"}")]
    [TestCase("""{"Resource":{}}""", "has the section 'Resource', which no template has")]
    [TestCase("[]", "is not an object")]
    [TestCase("{", "is not valid JSON")]
    public async Task Template_AddedFileDoesNotFit_IsRefused(string fragment, string message)
    {
        var (exitCode, terminal) = await RunAsync("--add", _folder.Write("own.json", fragment));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(terminal.Error.ReplaceLineEndings(" "), Does.Contain(message));
            Assert.That(File.Exists(TemplatePath), Is.False);
        }
    }

    [Test]
    public async Task Template_Scheduler_IsRememberedAndTakenBack()
    {
        await RunAsync("--scheduler");
        var kept = await RunAsync("--check");
        var timer = Property("Resources", "RotateLogsTimer", "Type").GetString();
        await RunAsync("--scheduler", "false");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept.ExitCode, Is.Zero);
            Assert.That(timer, Is.EqualTo("AWS::Scheduler::Schedule"));
            Assert.That(Property("Resources", "RotateLogsRule", "Type").GetString(), Is.EqualTo("AWS::Events::Rule"));
        }
    }

    [Test]
    public async Task Template_SnapStart_IsRememberedAndTakenBack()
    {
        await RunAsync("--snap-start");
        var kept = await RunAsync("--check");
        var alias = Property("Resources", "DispatcherFunction", "Properties", "AutoPublishAlias").GetString();
        await RunAsync("--snap-start", "false");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept.ExitCode, Is.Zero);
            Assert.That(alias, Is.EqualTo("live"));
            Assert.That(await File.ReadAllTextAsync(TemplatePath), Does.Not.Contain("SnapStart").And.Not.Contain("Alias"));
        }
    }

    [Test]
    public async Task Template_FileWrittenByHand_IsNotOverwritten()
    {
        _folder.Write("serverless.template", """{"Resources":{}}""");

        var (exitCode, terminal) = await RunAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(terminal.Error, Does.Contain("was not generated, so it is not overwritten"));
            Assert.That(await File.ReadAllTextAsync(TemplatePath), Is.EqualTo("""{"Resources":{}}"""));
        }
    }

    [Test]
    public async Task Template_NoFunctionProject_SaysWhatToName()
    {
        Directory.Delete(Path.Combine(_folder.Path, "src"), recursive: true);

        var (exitCode, terminal) = await RunAsync();

        Assert.That((exitCode, terminal.Error.Contains("--code-uri FOLDER")), Is.EqualTo((2, true)));
    }

    [Test]
    public async Task Template_InvalidSchedule_IsRefused()
    {
        var terminal = new TestTerminal(errorWidth: 1000);

        var exitCode = await terminal.RunAsync(
            builder => builder.AddJob<IdleJob>("rotate-logs", options => options.Deploy(deploy => deploy.Schedule("rate(1 days)"))),
            options => options.Name = "acme",
            "template", "--output", TemplatePath);

        Assert.That(
            (exitCode, terminal.Error.Contains("The schedule of rotate-logs: rate(1 days) has the wrong form")), Is.EqualTo((2, true)),
            terminal.Error);
    }

    private async Task<(int ExitCode, TestTerminal Terminal)> RunAsync(params string[] args)
    {
        var terminal = new TestTerminal(errorWidth: 1000);
        string[] line = ["template", "--output", TemplatePath, .. args];
        return (await terminal.RunAsync(AddJobs, options => options.Name = "acme", line), terminal);
    }

    private static void AddTwice(IDispatcherBuilder builder) => builder.AddJob<IdleJob>("rotate-logs", options =>
    {
        options.Deploy(deploy => deploy.Schedule("rate(1 day)"));
        options.Deploy(deploy => deploy.Schedule("rate(2 days)"));
    });

    private static void AddJobs(IDispatcherBuilder builder) => builder.AddJob<IdleJob>("rotate-logs", options =>
    {
        options.Description = "Moves old logs to the archive.";
        options.Deploy(deploy => deploy
            .Schedule("rate(1 day)")
            .Setting("LOGS_BUCKET", "LogsBucketName", required: true)
            .Allow("arn:${AWS::Partition}:s3:::${LogsBucketName}/logs/*", "s3:GetObject", "s3:DeleteObject")
            .AlarmAbove("itemErrors", 5, perHours: 1));
    });

    private JsonElement Property(params string[] path) => path.Aggregate(
        JsonElement.Parse(File.ReadAllText(TemplatePath)), (element, name) => element.GetProperty(name));

    private sealed class IdleJob : IMaintenanceJob
    {
        public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) =>
            Task.FromResult(JobResult.Succeeded("Nothing to do."));
    }
}
