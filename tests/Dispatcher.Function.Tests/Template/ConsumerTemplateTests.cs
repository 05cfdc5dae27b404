using Dispatcher.Deployment;
using Dispatcher.Deployment.Generation;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Function.Tests.Template;

/// <summary>Deploys templates over the jobs of a consumer.</summary>
public sealed class ConsumerTemplateTests
{
    private static readonly ApplicationOptions Options = new() { CodeUri = "src/Acme.Function/", Handler = "Acme.Function" };

    private static IEnumerable<TestCaseData> Variants()
    {
        static TestCaseData Case(string name, Action<IDispatcherBuilder> jobs, ApplicationOptions options) =>
            new TestCaseData(jobs, options).SetArgDisplayNames(name);

        yield return Case("no job", _ => { }, Options);
        yield return Case("one job", AddOne, Options);
        yield return Case("one job, scheduler", AddOne, Options with { UseScheduler = true });
        yield return Case("one job, SnapStart", AddOne, Options with { UseSnapStart = true });
        yield return Case("one job, scheduler, SnapStart", AddOne, Options with { UseScheduler = true, UseSnapStart = true });
        yield return Case("one job and nothing around it", AddOne, Options with { Without = ApplicationOptions.OptionalParts });
        yield return Case("eleven jobs", AddEleven, Options);
        yield return Case("two deployments of a job", AddTwice, Options);
        foreach (var part in ApplicationOptions.OptionalParts)
        {
            yield return Case($"without {part}", AddOne, Options with { Without = [part] });
        }
    }

    [TestCaseSource(nameof(Variants))]
    public async Task Template_CfnLintAndReaders_ReportNothing(object jobs, object options)
    {
        using var file = new GeneratedFile((Action<IDispatcherBuilder>)jobs, (ApplicationOptions)options);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await file.LintAsync(), Is.Empty);
            Assert.That(
                file.Inspect().Findings.Where(finding => finding.Severity != Severity.Note), Is.Empty);
        }
    }

    [Test]
    public async Task Template_EmptyNameInAnArn_CfnLintReportsNothing()
    {
        using var file = new GeneratedFile(AddWithDefaults, Options);

        Assert.That(await file.LintAsync(), Is.Empty);
    }

    [Test]
    public void Template_DeclaredAlarm_IsDescribedInHours()
    {
        using var file = new GeneratedFile(AddWithDefaults, Options);

        Assert.That(
            File.ReadAllText(file.Path), Does.Contain("\"ItemErrors of rotate-logs added up to more than 5 within 24 hours.\\n"));
    }

    [Test]
    public async Task Template_OneJob_DeploysWhatFollowsFromItsDeclaration()
    {
        using var file = new GeneratedFile(AddOne, Options);

        var deployed = await Deployment.OfAsync(file.Path, "LogsBucketName=old-logs", "DryRun=false");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(deployed.Environment["LOGS_BUCKET"], Is.EqualTo("old-logs"));
            Assert.That(
                deployed.Policies["rotate-logs"].Single().GetProperty("Resource").GetString(), Is.EqualTo("arn:aws:s3:::old-logs/logs/*"));
            Assert.That(
                RuleTarget.Deliver(deployed.Rules.Single().GetProperty("Targets")[0], RuleTarget.Sample(deployed.Rules.Single())),
                Does.StartWith("{\"job\":\"rotate-logs\",\"id\":\""));
            Assert.That(
                deployed.Alarms.Select(alarm => alarm.Name).Where(name => name.Contains("rotate-logs", StringComparison.Ordinal)),
                Is.EquivalentTo(new[]
                {
                    "maintenance-rotate-logs-failed", "maintenance-rotate-logs-long-run", "maintenance-rotate-logs-no-success",
                    "maintenance-rotate-logs-item-errors",
                }));
        }
    }

    [Test]
    public async Task Template_OneJobDisabled_DeploysNothingOfIt()
    {
        using var file = new GeneratedFile(AddOne, Options);

        var deployed = await Deployment.OfAsync(file.Path, "RotateLogsEnabled=false");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(deployed.Environment.Keys, Has.None.EqualTo("LOGS_BUCKET"));
            Assert.That(deployed.Resources.Keys, Has.None.StartsWith("RotateLogs"));
        }
    }

    private static void AddOne(IDispatcherBuilder builder) => Add(builder, "rotate-logs", "LOGS_BUCKET");

    private static void AddEleven(IDispatcherBuilder builder)
    {
        for (var index = 0; index < 11; index++)
        {
            Add(builder, $"rotate-{(char)('a' + index)}", $"LOGS_{index}");
        }
    }

    private static void AddWithDefaults(IDispatcherBuilder builder) => builder.AddJob<EmptyJob>("rotate-logs", options =>
        options.Deploy(deploy => deploy
            .Schedule("rate(1 day)")
            .Setting("LOGS_BUCKET", "LogsBucketName", required: true)
            .Allow("arn:${AWS::Partition}:s3:::${LogsBucketName}", "s3:ListBucket")
            .Allow("arn:${AWS::Partition}:s3:::${LogsBucketName}/logs/*", "s3:GetObject", "s3:DeleteObject")
            .AlarmAbove("itemErrors", 5, perHours: 24)));

    private static void AddTwice(IDispatcherBuilder builder) => builder.AddJob<EmptyJob>("rotate-logs", options =>
    {
        options.Deploy(deploy => deploy.Schedule("rate(1 day)"));
        options.Deploy("rotate-logs-weekly", deploy => deploy.Schedule("rate(7 days)").ExpectSuccessWithin(168));
    });

    private static void Add(IDispatcherBuilder builder, string name, string variable) => builder.AddJob<EmptyJob>(name, options =>
    {
        options.Description = "Moves old logs to the archive.";
        options.Deploy(deploy => deploy
            .Schedule("rate(1 day)")
            .Setting(variable, "LogsBucketName", parameter => parameter.Text("logs").Describe("The bucket."), required: true)
            .Allow("arn:${AWS::Partition}:s3:::${LogsBucketName}/logs/*", "s3:GetObject", "s3:DeleteObject")
            .AlarmAbove("itemErrors", 5, perHours: 1));
    });

    private sealed class EmptyJob : IMaintenanceJob
    {
        public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) =>
            Task.FromResult(JobResult.Succeeded("Nothing to do."));
    }
}
