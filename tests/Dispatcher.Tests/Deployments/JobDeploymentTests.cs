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
            Throws.InvalidOperationException.With.Message.Contains("defines the parameter BatchSize twice and differently"));

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
            "the parameter 'BuketName', which it does not declare. Did you mean 'BucketName'?");
        yield return Case(deploy => deploy.As("Rotate-Logs"), "'Rotate-Logs' cannot be the beginning of logical ids");
        yield return Case(deploy => deploy.Setting("A_BUCKET", "Bucket_Name"), "'Bucket_Name' cannot be the name of a parameter");
        yield return Case(deploy => deploy.SettingText("2_FAST", "x"), "'2_FAST' is not the name of an environment variable");
        yield return Case(deploy => deploy.Allow("*", "GetObject"), "'GetObject' is not an action of IAM");
        yield return Case(deploy => deploy.Allow("*"), "no resource or no action");
        yield return Case(deploy => deploy.Require("BucketName"), "the parameter 'BucketName'");
        yield return Case(deploy => deploy.SettingText("A_B", "x", when: "HaveB"), "the condition 'HaveB', which it does not declare");
        yield return Case(deploy => deploy.Schedule("rate(1 day)", "[1]"), "Write a JSON object");
        yield return Case(deploy => deploy.Schedule("rate(1 day)", "{"), "The parameters of the schedule is not JSON");
        yield return Case(deploy => deploy.Event("Done", "app", "Done", "{"), "The pattern of the event Done is not JSON");
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
