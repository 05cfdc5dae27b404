using System.Text.Json.Nodes;
using Dispatcher.Deployment.Generation;
using Dispatcher.Tool.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Deployment.Tests.Generation;

public sealed class TemplateGeneratorTests
{
    private static readonly ApplicationOptions Options = new() { CodeUri = "src/Acme.Function/", Handler = "Acme.Function" };

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    private static IEnumerable<TestCaseData> Clashes()
    {
        static TestCaseData Case(Action<JobDeployment> first, Action<JobDeployment> second, string message) => new(first, second, message);

        yield return Case(
            deploy => deploy.As("Same"),
            deploy => deploy.As("Same"),
            "The logical ids of 'rotate-logs' and 'send-mail' begin with 'Same'.");
        yield return Case(
            deploy => deploy.Setting("BUCKET", "FirstBucket"), deploy => deploy.Setting("BUCKET", "SecondBucket"),
            "'send-mail' sets the variable BUCKET, which is set already.");
        yield return Case(
            deploy => deploy.Setting("FIRST", "Size", size => size.Number(1)),
            deploy => deploy.Setting("SECOND", "Size", size => size.Number(2)),
            "Two declarations need the logical id 'Size' for different things");
        yield return Case(
            deploy => deploy.Share("Archive", part => part.Setting("ARCHIVE", "ArchiveName")),
            deploy => deploy.Share("Archive", part => part.Setting("ARCHIVE", "ArchiveName", name => name.Text("x"))),
            "Two declarations need the logical id 'ArchiveName' for different things");
        yield return Case(
            deploy => deploy.Schedule("rate(1 hour)"), deploy => deploy.Schedule("cron(0 25 * * ? *)"), "The schedule of send-mail: ");
        yield return Case(
            deploy => deploy.Schedule("rate(1 hour)"), deploy => deploy.Schedule("at(2026-11-22T03:00:00)"),
            "Use an AWS::Scheduler::Schedule");
        yield return Case(
            deploy => deploy.Schedule("rate(1 hour)"), deploy => deploy.AlarmAbove("itemError", 5, perHours: 1),
            "watches the metric 'ItemError', which the job does not emit. Did you mean 'ItemErrors'?");
        yield return Case(
            deploy => deploy.Parameter("Roles", roles => roles.List()).Allow(new JobPermission(["${Roles}", "*"], ["iam:PassRole"])),
            deploy => deploy.Schedule("rate(1 hour)"),
            "A permission has the list ${Roles} and other resources.");
        yield return Case(
            deploy => deploy.Allow("*", "GetObject"), deploy => deploy.Schedule("rate(1 hour)"), "'GetObject' is not an action of IAM.");
    }

    [TestCaseSource(nameof(Clashes))]
    public void Generate_DeclarationsDoNotFit_SaysWhatToDo(Action<JobDeployment> first, Action<JobDeployment> second, string message) =>
        Assert.That(() => Generate(first, second), Throws.TypeOf<InvalidSourceException>().With.Message.Contains(message));

    [TestCase(true, null)]
    [TestCase(false, "\"\"")]
    public void Generate_RequiredParameter_HasAnEmptyDefaultOnlyWhileNothingNeedsIt(bool enabled, string? expected)
    {
        var template = Generate(
            deploy => deploy.Enabled(enabled, "Whether.").Setting("LOGS_BUCKET", "LogsBucketName", required: true),
            deploy => deploy.Schedule("rate(1 hour)"));

        Assert.That(Text(template["Parameters"]!["LogsBucketName"]!["Default"]), Is.EqualTo(expected));
    }

    [Test]
    public void Generate_SharedByTwo_IsThereOnceUnderEither()
    {
        static void Use(JobDeployment deploy) => deploy.Share("Archive", part => part
            .Setting("ARCHIVE", "ArchiveName", required: true)
            .Allow("arn:aws:s3:::${ArchiveName}/*", "s3:PutObject"));

        var template = Generate(Use, Use);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Text(template["Conditions"]!["UseArchive"]),
                Is.EqualTo("""{"Fn::Or":[{"Condition":"RunRotateLogs"},{"Condition":"RunSendMail"}]}"""));
            Assert.That(Text(template["Resources"]!["ArchivePolicy"]!["Condition"]), Is.EqualTo("\"UseArchive\""));
            Assert.That(
                Text(Variables(template)["ARCHIVE"]),
                Is.EqualTo("""{"Fn::If":["UseArchive",{"Ref":"ArchiveName"},{"Ref":"AWS::NoValue"}]}"""));
            Assert.That(
                Text(template["Rules"]!["ArchiveParameters"]!["Assertions"]![0]!["AssertDescription"]),
                Is.EqualTo("\"Set ArchiveName, or set RotateLogsEnabled and SendMailEnabled to false.\""));
        }
    }

    [Test]
    public void Generate_AlternativePermissions_AreOneStatement()
    {
        var template = Generate(
            deploy => deploy
                .Parameter("Store", store => store.OneOf("ssm", "secretsmanager"))
                .Condition("UseSsm", "Store", equalTo: "ssm")
                .Allow(new JobPermission("arn:ssm", "ssm:GetParameter") { When = "UseSsm" })
                .Allow(new JobPermission("arn:secret", "secretsmanager:GetSecretValue") { Unless = "UseSsm" })
                .Allow(new JobPermission("arn:other", "ssm:GetParameters") { When = "UseSsm" }),
            _ => { });

        Assert.That(
            Text(template["Resources"]!["RotateLogsPolicy"]!["Properties"]!["PolicyDocument"]!["Statement"]),
            Is.EqualTo(
                """
                [{"Effect":"Allow","Action":{"Fn::If":["UseSsm","ssm:GetParameter","secretsmanager:GetSecretValue"]},
                "Resource":{"Fn::If":["UseSsm","arn:ssm","arn:secret"]}},
                {"Fn::If":["UseSsm",{"Effect":"Allow","Action":"ssm:GetParameters","Resource":"arn:other"},
                {"Ref":"AWS::NoValue"}]}]
                """.ReplaceLineEndings(string.Empty)));
    }

    [Test]
    public void Generate_CountOfTheResult_IsWatchedInItsNamespace()
    {
        var template = Parse(builder => builder.AddJob<EmptyJob>("rotate-logs", options =>
        {
            options.CountsNamespace = "Acme/Logs";
            options.Deploy(deploy => deploy.AlarmAbove("logsLost", 0, TimeSpan.FromMinutes(5)));
        }));

        var alarm = template["Resources"]!["RotateLogsLogsLostAlarm"]!["Properties"]!;
        Assert.That(
            (Text(alarm["Namespace"]), Text(alarm["MetricName"]), Text(alarm["Period"]), alarm["Dimensions"]),
            Is.EqualTo(("\"Acme/Logs\"", "\"LogsLost\"", "300", (JsonNode?)null)));
    }

    [Test]
    public void Generate_TwoTasksOfAJob_HaveTheirOwnAlarms()
    {
        var template = Parse(builder => builder.AddJob<EmptyJob>("start-task", options =>
        {
            options.TaskParameter = "task";
            options.Deploy("daily-report", deploy => deploy.Schedule("rate(1 day)", """{"task":"report"}"""));
            options.Deploy("clean-up", deploy => deploy.Event("Done", "app", "Done").Task("clean-up"));
        }));

        static string Watched(JsonNode alarm) => $"{alarm["Properties"]!["MetricName"]} {Text(alarm["Properties"]!["Dimensions"])}";
        var resources = template["Resources"]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Watched(resources["DailyReportNoSuccessAlarm"]!),
                Is.EqualTo("""Succeeded [{"Name":"Job","Value":"start-task"},{"Name":"Task","Value":"report"}]"""));
            Assert.That(
                Watched(resources["DailyReportTaskFailedAlarm"]!),
                Is.EqualTo("""Failed [{"Name":"Job","Value":"start-task"},{"Name":"Task","Value":"report"}]"""));
            Assert.That(
                Watched(resources["CleanUpTaskFailedAlarm"]!),
                Is.EqualTo("""Failed [{"Name":"Job","Value":"start-task"},{"Name":"Task","Value":"clean-up"}]"""));
            Assert.That(Watched(resources["AnyStartTaskFailedAlarm"]!), Is.EqualTo("""Failed [{"Name":"Job","Value":"start-task"}]"""));
        }
    }

    [Test]
    public void Generate_TaskOfAJobWithoutTasks_IsRefused() => Assert.That(
        () => Generate(deploy => deploy.Task("report"), _ => { }),
        Throws.TypeOf<InvalidSourceException>().With.Message.Contains(
            "It has the task 'report', but the runs of 'rotate-logs' have none."));

    [TestCase("rate(1 day)", null)]
    [TestCase("rate(6 days)", null)]
    [TestCase("rate(7 days)", 192)]
    [TestCase("cron(0 3 ? * MON *)", 192)]
    [TestCase("cron(0 3 1 * ? *)", 864)]
    [TestCase("cron(0 3 1 1 ? *)", 10_056)]
    public void Generate_RareSchedule_IsWatchedByTheRecordedRuns(string expression, int? hours)
    {
        var template = Generate(deploy => deploy.Schedule(expression), deploy => deploy.Schedule("rate(1 hour)"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int?)template["Parameters"]!["RotateLogsWatchHours"]?["Default"], Is.EqualTo(hours));
            Assert.That(
                Text(Variables(template)["Watch__RotateLogs__Job"]),
                Is.EqualTo(hours is null ? null : """{"Fn::If":["RunRotateLogs","rotate-logs",{"Ref":"AWS::NoValue"}]}"""));
            Assert.That(template["Resources"]!["OverdueJobsAlarm"] is not null, Is.EqualTo(hours is not null));
            Assert.That(
                Text(template["Conditions"]!["WatchRuns"]),
                Is.EqualTo(hours is null
                    ? null
                    : """{"Fn::And":[{"Condition":"KeepRuns"},{"Condition":"ExpectSuccess"},{"Condition":"RunRotateLogs"}]}"""));
            Assert.That(Variables(template)["Watch__SendMail__Job"], Is.Null);
        }
    }

    [TestCase("history")]
    [TestCase("alarms")]
    public void Generate_RareScheduleWithoutHistoryOrAlarms_IsNotWatched(string part)
    {
        var template = Parse(
            builder => builder.AddJob<EmptyJob>("rotate-logs", options => options.Deploy(deploy => deploy.Schedule("rate(7 days)"))),
            Options with { Without = [part] });

        Assert.That(template["Resources"]!["WatchRule"], Is.Null);
    }

    [Test]
    public void Generate_Alarms_NameTheTool()
    {
        var template = Parse(
            builder => builder.AddJob<EmptyJob>("rotate-logs", options => options.Deploy(deploy => deploy.Schedule("rate(1 hour)"))),
            Options with { Tool = "acme" });

        Assert.That(
            (string?)template["Resources"]!["RotateLogsFailedAlarm"]!["Properties"]!["AlarmDescription"]!["Fn::Sub"],
            Does.Contain("\nCommand: acme history rotate-logs --status failed\n"));
    }

    [TestCase(160, null)]
    [TestCase(600, "characters too long")]
    public void Generate_DescriptionOfAnAlarm_MayNotBeLongerThanCloudWatchTakes(int length, string? problem) =>
        Assert.That(
            () => Parse(builder => builder.AddJob<EmptyJob>("rotate-logs", options => options.Deploy(deploy =>
                deploy.AlarmAbove("itemErrors", 1, perHours: 1, description: new string('x', length))))),
            problem is null ? Throws.Nothing : Throws.TypeOf<InvalidSourceException>().With.Message.Contains(problem));

    [TestCase("rate(1 day)", "{\"Ref\":\"NoSuccessHours\"}")]
    [TestCase("rate(7 days)", "{\"Ref\":\"RotateLogsNoSuccessHours\"}")]
    [TestCase("cron(0 3 ? * MON-FRI *)", "{\"Ref\":\"RotateLogsNoSuccessHours\"}")]
    [TestCase("cron(0 3 1 * ? *)", null)]
    [TestCase("rate(8 days)", null)]
    public void Generate_Schedule_HasAnAlarmThatSuitsIt(string expression, string? hours)
    {
        var template = Generate(deploy => deploy.Schedule(expression), _ => { });

        var alarm = template["Resources"]!["RotateLogsNoSuccessAlarm"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(alarm?["Properties"]!["EvaluationPeriods"]), Is.EqualTo(hours));
            Assert.That(
                Text(template["Parameters"]!["RotateLogsNoSuccessHours"]?["Default"]),
                Is.EqualTo(hours?.Contains("Rotate", StringComparison.Ordinal) == true ? "168" : null));
        }
    }

    [Test]
    public void Generate_RuleOfAFragment_MaySendToTheQueue()
    {
        _folder.Write("own.json", """
            {"Resources":{"OwnRule":{"Type":"AWS::Events::Rule","Properties":{"Targets":[
              {"Id":"x","Arn":"a","DeadLetterConfig":{"Arn":{"Fn::GetAtt":["UndeliveredEventsQueue","Arn"]}}}]}}}}
            """);

        var template = Parse(AddIdle, Options with { Add = ["own.json"] });

        Assert.That(
            Text(template["Resources"]!["UndeliveredEventsQueuePolicy"]!["Properties"]!["PolicyDocument"]!["Statement"]![1]!["Condition"]),
            Is.EqualTo("""{"ArnEquals":{"aws:SourceArn":[{"Fn::GetAtt":["OwnRule","Arn"]}]}}"""));
    }

    [Test]
    public void Generate_FragmentExtendsARole_AddsToItsPolicies()
    {
        _folder.Write("own.yaml", """
            Resources:
              DispatcherFunctionRole:
                Properties:
                  Policies:
                    - PolicyName: basis
                      PolicyDocument: { Statement: [{ Sid: Own, Effect: Allow, Action: "s3:GetObject", Resource: "arn:own" }] }
                    - PolicyName: own
            """);

        var template = Parse(AddIdle, Options with { Add = ["own.yaml"] });

        var policies = template["Resources"]!["DispatcherFunctionRole"]!["Properties"]!["Policies"]!.AsArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(policies.Select(policy => Text(policy!["PolicyName"])), Is.EqualTo(new[] { "\"basis\"", "\"own\"" }));
            Assert.That(
                policies[0]!["PolicyDocument"]!["Statement"]!.AsArray().Select(statement => Text(statement!["Sid"])),
                Does.Contain("\"Own\"").And.Contain("\"Log\""));
        }
    }

    [Test]
    public void Generate_SnapStart_PointsAddedFilesToTheAliasAndKeepsMetrics()
    {
        _folder.Write("own.json", """
            {"Resources":{"Own":{"Type":"AWS::SNS::Subscription","Properties":{"Protocol":"lambda",
                "Endpoint":{"Fn::GetAtt":["DispatcherFunction","Arn"]},"TopicArn":{"Fn::Sub":"${DispatcherFunction.Arn}:x"}}}}}
            """);

        var template = Parse(AddIdle, Options with { UseSnapStart = true, Add = ["own.json"] });

        var own = template["Resources"]!["Own"]!["Properties"]!;
        var dimension = template["Resources"]!["FunctionErrorsAlarm"]!["Properties"]!["Dimensions"]![0]!["Value"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(own["Endpoint"]), Is.EqualTo("""{"Ref":"DispatcherFunction.Alias"}"""));
            Assert.That(Text(own["TopicArn"]), Is.EqualTo("""{"Fn::Sub":"${DispatcherFunction.Alias}:x"}"""));
            Assert.That(Text(template["Outputs"]!["FunctionName"]!["Value"]), Is.EqualTo("""{"Ref":"DispatcherFunction.Alias"}"""));
            Assert.That(Text(dimension), Is.EqualTo("""{"Ref":"DispatcherFunction"}"""), "metrics are those of all versions");
        }
    }

    [Test]
    public void Generate_SnapStart_RedirectsAnArnWrittenAsText()
    {
        _folder.Write("own.json", """
            {"Resources":{"Own":{"Type":"AWS::SNS::Subscription","Properties":{"Protocol":"lambda",
                "Endpoint":{"Fn::GetAtt":"DispatcherFunction.Arn"}}}}}
            """);

        var template = Parse(AddIdle, Options with { UseSnapStart = true, Add = ["own.json"] });

        Assert.That(
            Text(template["Resources"]!["Own"]!["Properties"]!["Endpoint"]), Is.EqualTo("""{"Ref":"DispatcherFunction.Alias"}"""));
    }

    [TestCase("""["lambda:InvokeFunction"]""", true)]
    [TestCase("""["lambda:InvokeFunction","lambda:InvokeAsync"]""", true)]
    [TestCase("\"lambda:InvokeFunction\"", true)]
    [TestCase("\"lambda:PutFunctionConcurrency\"", false)]
    [TestCase("""["lambda:InvokeFunction","lambda:GetFunction"]""", false)]
    [TestCase("\"lambda:*\"", false)]
    public void Generate_SnapStart_RedirectsPoliciesOfInvocationsOnly(string actions, bool isRedirected)
    {
        _folder.Write("own.json", """
            {"Resources":{"Own":{"Type":"AWS::IAM::ManagedPolicy","Properties":{"PolicyDocument":{"Statement":[{"Effect":"Allow",
                "Action":ACTIONS,"Resource":{"Fn::GetAtt":["DispatcherFunction","Arn"]}}]}}}}}
            """.Replace("ACTIONS", actions, StringComparison.Ordinal));

        var template = Parse(AddIdle, Options with { UseSnapStart = true, Add = ["own.json"] });

        Assert.That(
            Text(template["Resources"]!["Own"]!["Properties"]!["PolicyDocument"]!["Statement"]![0]!["Resource"]),
            Is.EqualTo(isRedirected ? """{"Ref":"DispatcherFunction.Alias"}""" : """{"Fn::GetAtt":["DispatcherFunction","Arn"]}"""));
    }

    [Test]
    public void Read_GeneratedTemplate_GivesItsOptionsBack()
    {
        _folder.Write("own.json", "{}");
        var options = Options with
        {
            UseScheduler = true, UseSnapStart = true, Without = ["dashboard"], Add = ["own.json"], Description = "Acme's chores.",
        };

        var read = ApplicationOptions.Read(System.Text.Json.JsonElement.Parse(TemplateGenerator.Generate(AddIdle, options, _folder.Path)))!;

        Assert.That(
            (read.CodeUri, read.Handler, read.Without.Single(), read.Add.Single(), read.Description),
            Is.EqualTo(("src/Acme.Function/", "Acme.Function", "dashboard", "own.json", "Acme's chores.")));
        Assert.That((read.UseScheduler, read.UseSnapStart), Is.EqualTo((true, true)));
    }

    private static void AddIdle(IDispatcherBuilder builder) => builder.AddJob<EmptyJob>("rotate-logs");

    [TestCase("""{"Resources":{"FunctionErrorsAlram":{"Properties":{"Period":60}}}}""",
        "'own.json' adds Resources.FunctionErrorsAlram without a Type. Did you mean 'FunctionErrorsAlarm'? ")]
    [TestCase("""{"Resources":{"A":1}}""", "'own.json' has Resources.A that is not an object: 1. ")]
    [TestCase("""{"Parameters":{"A":[]}}""", "'own.json' has Parameters.A that is not an object: []. ")]
    [TestCase("""{"Outputs":{"A":{"Value":{"Ref":"AlarmTopci"}}}}""",
        "'own.json' uses 'AlarmTopci' in Outputs.A.Value, which the template does not define. Did you mean 'AlarmTopic'? ")]
    [TestCase("""{"Resources":{"A":{"Type":"T","Condition":"Nope"}}}""", "'own.json' uses 'Nope' in Resources.A, ")]
    [TestCase("""{"Resources":{"A":{"Type":"T","DependsOn":["Nope"]}}}""", "'own.json' uses 'Nope' in Resources.A.DependsOn, ")]
    [TestCase("""{"Resources":{"A":{"Type":"T","Properties":{"X":{"Fn::GetAtt":"Nope.Arn"}}}}}""",
        "'own.json' uses 'Nope' in Resources.A.Properties.X, ")]
    [TestCase("""{"Resources":{"A":{"Type":"T","Properties":{"X":[{"Fn::Sub":"a${AWS::Region}${!b}${Nope.Arn}"}]}}}}""",
        "'own.json' uses 'Nope' in Resources.A.Properties.X, ")]
    [TestCase("""{"Resources":{"A":{"Type":"T","Properties":{"X":{"Fn::If":["Nope",1,2]}}}}}""",
        "'own.json' uses 'Nope' in Resources.A.Properties.X, ")]
    [TestCase("""{"Conditions":{"A":{"Fn::Not":[{"Condition":"Nope"}]}}}""", "'own.json' uses 'Nope' in Conditions.A, ")]
    public void Generate_FragmentThatCannotBeDeployed_IsRefused(string fragment, string problem)
    {
        _folder.Write("own.json", fragment);

        Assert.That(
            () => Parse(AddIdle, Options with { Add = ["own.json"] }),
            Throws.TypeOf<InvalidSourceException>().With.Message.StartsWith(problem));
    }

    [Test]
    public void Generate_FragmentNamesAPartThatIsLeftOut_IsRefused()
    {
        _folder.Write("own.json", """{"Outputs":{"A":{"Value":{"Ref":"AlarmTopic"}}}}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Parse(AddIdle, Options with { Add = ["own.json"] }), Throws.Nothing);
            Assert.That(
                () => Parse(AddIdle, Options with { Add = ["own.json"], Without = ["alarms"] }),
                Throws.TypeOf<InvalidSourceException>().With.Message.Contains("--without"));
        }
    }

    [Test]
    public void Generate_FragmentWithNamesOfItsOwnAndOfSam_IsTaken()
    {
        _folder.Write("own.json", """
            {"Conditions":{"Own":{"Fn::Equals":[{"Ref":"AWS::Region"},"x"]}},
             "Resources":{"Queue":{"Type":"AWS::SQS::Queue","Condition":"Own",
                "Properties":{"QueueName":{"Fn::Sub":["${Name}",{"Name":"a"}]}}},
              "Api":{"Type":"AWS::Serverless::Api","DependsOn":"Queue","Properties":{"StageName":{"Fn::GetAtt":["Queue","QueueName"]}}}},
             "Outputs":{"Stage":{"Value":{"Ref":"ApiProdStage"}}}}
            """);

        Assert.That(() => Parse(AddIdle, Options with { Add = ["own.json"] }), Throws.Nothing);
    }

    private JsonNode Generate(Action<JobDeployment> first, Action<JobDeployment> second) => Parse(builder => builder
        .AddJob<EmptyJob>("rotate-logs", options => options.Deploy(first))
        .AddJob<EmptyJob>("send-mail", options => options.Deploy(second)));

    private JsonNode Parse(Action<IDispatcherBuilder> jobs, ApplicationOptions? options = null) =>
        JsonNode.Parse(TemplateGenerator.Generate(jobs, options ?? Options, _folder.Path))!;

    private static JsonNode Variables(JsonNode template) =>
        template["Resources"]!["DispatcherFunction"]!["Properties"]!["Environment"]!["Variables"]!;

    private static string? Text(JsonNode? node) => node?.ToJsonString(JsonNodeText.Readable);

    private sealed class EmptyJob : IMaintenanceJob
    {
        public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) =>
            Task.FromResult(JobResult.Succeeded("Nothing to do."));
    }
}
