using System.Globalization;
using Dispatcher.Declarations;
using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tests.Deployments;

public sealed class JobDeploymentTests
{
    [Test]
    public void DescribeDeployments_SimpleJob_FollowsFromItsName()
    {
        var described = Describe(deploy => deploy
            .Schedule("rate(1 day)")
            .Setting("LOGS_BUCKET", "LogsBucketName", required: true)
            .Allow("arn:${AWS::Partition}:s3:::${LogsBucketName}/logs/*", "s3:GetObject", "s3:DeleteObject")
            .AlarmAbove("itemErrors", 5, perHours: 1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(described.Prefix, Is.EqualTo("RotateLogs"));
            Assert.That(described.Condition, Is.EqualTo("RunRotateLogs"));
            Assert.That(described.Label, Is.EqualTo("Job rotate-logs"));
            Assert.That(described.EnabledParameter, Is.EqualTo("RotateLogsEnabled"));
            Assert.That(described.EnabledByDefault, Is.True);
            Assert.That(described.Schedule!.Expression, Is.EqualTo("rate(1 day)"));
            Assert.That(described.Settings.Single().Text, Is.EqualTo("${LogsBucketName}"));
            Assert.That(described.Parameters.Single().Default, Is.Empty);
            Assert.That(described.Required, Is.EqualTo(new[] { "LogsBucketName" }));
            Assert.That(described.Permissions.Single().Actions, Is.EqualTo(new[] { "s3:GetObject", "s3:DeleteObject" }));
            Assert.That(described.Alarms.Single().Metrics, Is.EqualTo(new[] { "ItemErrors" }));
            Assert.That(described.Alarms.Single().Name, Is.EqualTo("item-errors"));
            Assert.That(described.Alarms.Single().Within, Is.EqualTo(TimeSpan.FromHours(1)));
        }
    }

    [Test]
    public void DescribeDeployments_NamedTwice_DescribesBoth()
    {
        using var services = Build(options =>
        {
            options.Deploy(deploy => deploy.Schedule("rate(1 day)"));
            options.Deploy("rotate-archive", deploy => deploy.As("Archive").Schedule("rate(7 days)").ExpectSuccessWithin(168));
        });

        Assert.That(
            Job(services).DescribeDeployments().Select(described => (described.Name, described.Prefix, described.NoSuccessHours)),
            Is.EqualTo(new[] { ("rotate-logs", "RotateLogs", (int?)null), ("rotate-archive", "Archive", 168) }));
    }

    [Test]
    public async Task Deploy_ActionThrows_TheFunctionServes()
    {
        await using var harness = new JobHarness(builder => builder.AddJob<IdleJob>(
            "rotate-logs", options => options.Deploy(_ => throw new InvalidOperationException("evaluated"))));

        var record = await harness.RunAsync("""{"job":"rotate-logs"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Status, Is.EqualTo(JobStatus.Succeeded));
            Assert.That(
                () => harness.Services.GetRequiredService<JobRegistry>().Get("rotate-logs").DescribeDeployments(),
                Throws.InvalidOperationException.With.Message.EqualTo("evaluated"));
        }
    }

    [Test]
    public void Deploy_SameNameTwice_Throws() =>
        Assert.That(
            () => Build(options =>
            {
                options.Deploy(deploy => deploy.Schedule("rate(1 day)"));
                options.Deploy(deploy => deploy.Schedule("rate(2 days)"));
            }),
            Throws.ArgumentException.With.Message.StartsWith(
                "Job 'rotate-logs' has a deployment already. Give the next one another name: options.Deploy(\"rotate-logs-weekly\", …)."));

    [Test]
    public void Schedule_Twice_NamesBoth() =>
        Assert.That(
            () => Describe(deploy => deploy.Schedule("rate(1 day)").Schedule("rate(7 days)")),
            Throws.InvalidOperationException.With.Message.Contains("rate(1 day)").And.Message.Contains("rate(7 days)"));

    [Test]
    public void Parameter_SecondDefinitionDiffers_Throws() =>
        Assert.That(
            () => Describe(deploy => deploy
                .Setting("BATCH_SIZE", "BatchSize", parameter => parameter.Number(100))
                .Setting("OTHER_SIZE", "BatchSize", parameter => parameter.Number(200))),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "The deployment 'rotate-logs' defines the parameter BatchSize twice and differently. "
                + "Define it once, and name it alone in the second place."));

    [Test]
    public void Schedule_ItsOwnParameters_MayBeNamed() => Assert.That(
        Describe(deploy => deploy
            .Schedule("rate(1 day)")
            .SettingText("ENABLED", "${RotateLogsEnabled}")
            .SettingText("SCHEDULE", "${RotateLogsSchedule}")
            .SettingText("PLACE", "${AWS::Region} ${!Literal}")).Settings.Count,
        Is.EqualTo(3));

    [Test]
    public void Setting_Always_IsInTheDescription() => Assert.That(
        Describe(deploy => deploy.Setting("A_B", "Mode", always: true)).Settings.Single(),
        Is.EqualTo(new DeclaredSetting("A_B", "${Mode}") { Always = true }));

    [Test]
    public void Setting_NotRequired_MayStayEmpty() =>
        Assert.That(Describe(deploy => deploy.Setting("A_B", "Mode")).Required, Is.Empty);

    [Test]
    public void Share_ConditionAndLabel_AreThoseOfTheDeclaration()
    {
        var shared = Describe(deploy => deploy
            .Parameter("Mode")
            .Condition("HaveMode", "Mode")
            .Share("Archive", static part => part.Label("The archive"), condition: "HaveMode")).Shared.Single();

        Assert.That((shared.Condition, shared.Label, shared.Prefix), Is.EqualTo(("HaveMode", "The archive", "Archive")));
    }

    [Test]
    public void Share_NoLabel_IsLabelledByItsName() => Assert.That(
        Describe(static deploy => deploy.Share("Archive", static _ => { })).Shared.Single().Label, Is.EqualTo("Archive"));

    [TestCase("itemErrors", null, "item-errors")]
    [TestCase("itemErrors + runsFailed", null, "item-errors")]
    [TestCase("itemErrors", "too-many", "too-many")]
    public void AlarmAbove_Name_IsThatOfTheFirstMetricUnlessGiven(string metric, string? name, string expected)
    {
        var alarm = Describe(deploy => deploy.AlarmAbove(metric, 5, TimeSpan.FromMinutes(1), name)).Alarms.Single();

        Assert.That(alarm.Name, Is.EqualTo(expected));
        Assert.That(alarm.Metrics, Has.Count.EqualTo(metric.Split('+').Length).And.ItemAt(0).EqualTo("ItemErrors"));
    }

    [TestCase("00:01:00", true)]
    [TestCase("1.00:00:00", true)]
    [TestCase("00:00:59", false)]
    [TestCase("00:01:30", false)]
    [TestCase("1.00:01:00", false)]
    public void AlarmAbove_Time_IsWholeMinutesUpToADay(string within, bool isAllowed) => Assert.That(
        () => Describe(deploy => deploy.AlarmAbove("itemErrors", 5, TimeSpan.Parse(within, CultureInfo.InvariantCulture))),
        isAllowed
            ? Throws.Nothing
            : Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith(
                $"The alarm for itemErrors of 'rotate-logs' adds up {within}. "
                + "CloudWatch adds up whole minutes, from 1 minute to 24 hours."));

    [TestCase(1)]
    [TestCase(168)]
    public void ExpectSuccessWithin_HoursInRange_AreInTheDescription(int hours) =>
        Assert.That(Describe(deploy => deploy.ExpectSuccessWithin(hours)).NoSuccessHours, Is.EqualTo(hours));

    [Test]
    public void Deploy_NamedTwice_NamesTheDeployment() => Assert.That(
        () => Build(static options =>
        {
            options.Deploy("archive", static _ => { });
            options.Deploy("archive", static _ => { });
        }),
        Throws.ArgumentException.With.Message.StartsWith(
            "Job 'rotate-logs' has a deployment 'archive' already. Give the next one another name: "
            + "options.Deploy(\"rotate-logs-weekly\", …)."));

    [Test]
    public void Parameter_NamedAgain_KeepsItsDefinition() =>
        Assert.That(
            Describe(deploy => deploy
                .Setting("BATCH_SIZE", "BatchSize", parameter => parameter.Number(100, min: 1))
                .Setting("OTHER_SIZE", "BatchSize")).Parameters.Single().Minimum,
            Is.EqualTo(1));

    [Test]
    public void Share_HasSchedule_IsRefused() =>
        Assert.That(
            () => Describe(deploy => deploy.Share("Database", shared => shared.Schedule("rate(1 day)"))),
            Throws.InvalidOperationException.With.Message.Contains("'Database' is shared"));

    [Test]
    public void Share_Permissions_AreInTheDescription()
    {
        var shared = Describe(deploy => deploy.Share("Archive", part => part
            .Setting("ARCHIVE", "ArchiveName")
            .Allow("arn:aws:s3:::${ArchiveName}/*", "s3:PutObject"))).Shared.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shared.Condition, Is.EqualTo("UseArchive"));
            Assert.That(shared.Permissions.Single().Actions, Is.EqualTo(new[] { "s3:PutObject" }));
        }
    }

    private static IEnumerable<TestCaseData> Invalid()
    {
        static TestCaseData Case(Action<JobDeployment> declare, string message) => new(declare, message);

        yield return Case(
            deploy => deploy.Setting("A_BUCKET", "BucketName").Allow("arn:aws:s3:::${BuketName}", "s3:GetObject"),
            "the parameter 'BuketName', which it does not declare. Did you mean 'BucketName'? Declare it with Setting or Parameter.");
        yield return Case(deploy => deploy.As("Rotate-Logs"), "'Rotate-Logs' cannot be the beginning of logical ids");
        yield return Case(deploy => deploy.Setting("A_BUCKET", "Bucket_Name"), "'Bucket_Name' cannot be the name of a parameter");
        yield return Case(
            deploy => deploy.SettingText("2_FAST", "x"),
            "'2_FAST' is not the name of an environment variable of Lambda. Use letters, digits and '_', at least two of them, with a "
                + "letter first.");
        yield return Case(deploy => deploy.SettingText("A_B", "${Other}"), "the parameter 'Other', which it does not declare.");
        yield return Case(deploy => deploy.Schedule("rate(1 day)", """{"a":"${Other}"}"""), "the parameter 'Other'");
        yield return Case(deploy => deploy.Enabled(true).Require("RotateLogsEnabld"), "Did you mean 'RotateLogsEnabled'?");
        yield return Case(
            deploy => deploy.Condition("HaveB", "Mode").Parameter("Mode").SettingText("A_B", "x", when: "HaveA"),
            "the condition 'HaveA', which it does not declare. Did you mean 'HaveB'? Declare it with Condition.");
        yield return Case(deploy => deploy.Allow("*", "GetObject"), "'GetObject' is not an action of IAM");
        yield return Case(deploy => deploy.Allow("*"), "no resource or no action");
        yield return Case(deploy => deploy.Require("BucketName"), "the parameter 'BucketName'");
        yield return Case(deploy => deploy.SettingText("A_B", "x", when: "HaveB"), "the condition 'HaveB', which it does not declare");
        yield return Case(deploy => deploy.Schedule("rate(1 day)", "[1]"), "Write a JSON object");
        yield return Case(deploy => deploy.Schedule("rate(1 day)", "{"), "The parameters of the schedule is not JSON");
        yield return Case(deploy => deploy.Event("Done", "app", "Done", "{"), "The pattern of the event Done is not JSON");
        yield return Case(deploy => deploy.Event("Done-1", "app", "Done"), "'Done-1' cannot be the name of an event");
        yield return Case(deploy => deploy.Event("Done", "app", "Done", bus: "${Bus}"), "the parameter 'Bus'");
        yield return Case(deploy => deploy.Condition("Have_B", "Mode").Parameter("Mode"), "'Have_B' cannot be the name of a condition");
        yield return Case(deploy => deploy.Condition("HaveB", "Mode"), "the parameter 'Mode', which it does not declare");
        yield return Case(deploy => deploy.Enabled(true, condition: "Run-It"), "'Run-It' cannot be the name of a condition");
        yield return Case(deploy => deploy.Layer("arn:aws:lambda:${Layer}"), "the parameter 'Layer'");
        yield return Case(deploy => deploy.SettingText("A_B", "x", otherwise: "${Other}"), "the parameter 'Other'");
        yield return Case(deploy => deploy.Parameter("Url").SettingPart("A_B", "Url", '/', 2, "${Off}"), "the parameter 'Off'");
        yield return Case(
            deploy => deploy.Allow(new JobPermission("*", "s3:GetObject") { Sid = "read-it" }), "'read-it' cannot be the id");
        yield return Case(deploy => deploy.Allow(new JobPermission("*", "s3:GetObject") { When = "HaveA" }), "the condition 'HaveA'");
        yield return Case(deploy => deploy.Allow(new JobPermission("*", "s3:GetObject") { Unless = "HaveA" }), "the condition 'HaveA'");
        yield return Case(
            deploy => deploy.Allow(new JobPermission("*", "s3:GetObject") { Conditions = [new("StringEquals", "aws:x", "${Tag}")] }),
            "the parameter 'Tag'");
        yield return Case(deploy => deploy.Allow(new JobPermission([], ["s3:GetObject"])), "no resource or no action");
    }

    [TestCaseSource(nameof(Invalid))]
    public void DescribeDeployments_Invalid_SaysWhatToDo(Action<JobDeployment> declare, string message) =>
        Assert.That(
            () => Describe(declare),
            Throws.InvalidOperationException
                .With.Message.StartsWith("The deployment 'rotate-logs' of job 'rotate-logs' is invalid: ")
                .And.Message.Contains(message));

    [TestCase(0)]
    [TestCase(25)]
    public void AlarmAbove_HoursOutOfRange_Throws(int hours) =>
        Assert.That(
            () => Describe(deploy => deploy.AlarmAbove("itemErrors", 5, hours)), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void DescribeDeployments_EverythingIsDeclared_IsInTheDescription()
    {
        var described = Describe(deploy => deploy
            .Label("Logs")
            .Enabled(false, "Whether to rotate.", condition: "Rotate")
            .Schedule("cron(0 3 * * ? *)", """{"bucket":"${LogsBucketName}"}""", "Nightly.")
            .Event("Completed", "app", "Job Completed", """{"ok":[true]}""", "${Bus}", "After the job.")
            .Parameter("LogsBucketName", parameter => parameter.Text(null))
            .Parameter("Bus")
            .Condition("HaveBus", "Bus")
            .Condition("IsMain", "Bus", equalTo: "main")
            .SettingText("BUS", "${Bus}", when: "HaveBus", otherwise: "default")
            .SettingPart("BUS_HOST", "Bus", '/', part: 2, whileDisabled: "none")
            .Layer("arn:aws:lambda:eu-central-1:123456789012:layer:x:${Bus}")
            .Allow(new JobPermission("arn:aws:s3:::${LogsBucketName}", "s3:ListBucket")
            {
                Sid = "List", When = "HaveBus", Unless = "IsMain",
            })
            .ExpectSuccessWithin(30, "Hours."));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((described.Label, described.Condition), Is.EqualTo(("Logs", "Rotate")));
            Assert.That((described.EnabledByDefault, described.EnabledDescription), Is.EqualTo((false, "Whether to rotate.")));
            Assert.That(
                described.Schedule,
                Is.EqualTo(new DeclaredSchedule("cron(0 3 * * ? *)", """{"bucket":"${LogsBucketName}"}""", "Nightly.")));
            Assert.That(described.Events, Is.EqualTo(new[]
            {
                new DeclaredEvent("Completed", "app", "Job Completed", """{"ok":[true]}""", "${Bus}", "After the job."),
            }));
            Assert.That(
                described.Conditions,
                Is.EqualTo(new DeclaredCondition[] { new("HaveBus", "Bus", null), new("IsMain", "Bus", "main") }));
            Assert.That(described.Settings, Is.EqualTo(new DeclaredSetting[]
            {
                new("BUS", "${Bus}") { When = "HaveBus", Otherwise = "default" },
                new("BUS_HOST", "${Bus}") { Separator = '/', Part = 2, WhileDisabled = "none" },
            }));
            Assert.That(described.Layers, Is.EqualTo(new[] { "arn:aws:lambda:eu-central-1:123456789012:layer:x:${Bus}" }));
            Assert.That(described.Permissions.Single(), Has.Property("Sid").EqualTo("List").And.Property("IsOfFunction").False);
            Assert.That((described.NoSuccessHours, described.NoSuccessDescription), Is.EqualTo((30, "Hours.")));
        }
    }

    [Test]
    public void DescribeDeployments_NamedDeployment_IsLabelledByBothNames()
    {
        using var services = Build(options => options.Deploy("rotate-archive", _ => { }));

        var described = Job(services).DescribeDeployments().Single();

        Assert.That(
            (described.Label, described.EnabledDescription),
            Is.EqualTo(("Job rotate-logs: rotate-archive", "Whether rotate-archive is enabled.")));
    }

    [TestCase(0)]
    [TestCase(169)]
    public void ExpectSuccessWithin_HoursOutOfRange_Throws(int hours) => Assert.That(
        () => Describe(deploy => deploy.ExpectSuccessWithin(hours)),
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.StartsWith(
            $"'rotate-logs' expects a success within {hours} hours. A CloudWatch alarm looks back 1 to 168 hours."));

    private static IEnumerable<TestCaseData> OfOneDeployment()
    {
        static TestCaseData Case(Action<JobDeployment> declare, string method) => new(declare, method);

        yield return Case(shared => shared.Enabled(true), "Enabled");
        yield return Case(shared => shared.Event("Done", "app", "Done"), "Event");
        yield return Case(shared => shared.AlarmAbove("itemErrors", 5, 1), "AlarmAbove");
        yield return Case(shared => shared.ExpectSuccessWithin(24), "ExpectSuccessWithin");
        yield return Case(shared => shared.Share("Other", _ => { }), "Share");
    }

    [TestCaseSource(nameof(OfOneDeployment))]
    public void Share_DeclaresWhatBelongsToOneDeployment_IsRefused(Action<JobDeployment> declare, string method) => Assert.That(
        () => Describe(deploy => deploy.Share("Database", declare)),
        Throws.InvalidOperationException.With.Message.EqualTo(
            $"'Database' is shared by several deployments, so it cannot call {method}. Call {method} on the deployment that uses it."));

    private static DeploymentDescription Describe(Action<JobDeployment> declare)
    {
        using var services = Build(options => options.Deploy(declare));
        return Job(services).DescribeDeployments().Single();
    }

    private static JobDescriptor Job(ServiceProvider services) => services.GetRequiredService<JobRegistry>().Get("rotate-logs");

    private static ServiceProvider Build(Action<JobOptions> configure)
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging();
        services.AddMaintenanceDispatcher().AddJob<IdleJob>("rotate-logs", configure);
        return services.BuildServiceProvider();
    }

    private sealed class IdleJob : IMaintenanceJob
    {
        public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) =>
            Task.FromResult(JobResult.Succeeded("Nothing to do."));
    }
}
