using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using NUnit.Framework;

namespace Dispatcher.Samples.Tests;

/// <summary>Registers the jobs that the READMEs of the packages show.</summary>
public sealed class PackageReadmeTests
{
    private static IEnumerable<TestCaseData> Examples =>
    [
        Example("delete-report", Acme.Aws.AcmeJobs.Add),
        Example("celery-enqueue", Acme.Celery.AcmeJobs.Add),
        Example("ecs-run-task", Acme.Ecs.AcmeJobs.Add),
        Example("import-failed", Acme.EventBridge.AcmeJobs.Add),
        Example("purge-cache", Acme.Http.AcmeJobs.Add),
        Example("http-trigger", Acme.HttpTrigger.AcmeJobs.Add),
        Example("check-links", Acme.Lambda.AcmeJobs.Add),
        Example("check-links", Acme.Tool.AcmeJobs.Add),
        Example("delete-sessions", Acme.Postgres.AcmeJobs.Add),
        Example("daily-uptime", Acme.PostgresJobs.AcmeJobs.Add),
        Example("ssm-run-command", Acme.Ssm.AcmeJobs.Add),
        Example("video-upload-cleanup", Acme.VideoUploads.AcmeJobs.Add),
    ];

    [TestCaseSource(nameof(Examples))]
    public async Task Example_Jobs_AreRegistered(string job, Action<IDispatcherBuilder> add)
    {
        await using var harness = new JobHarness(add);

        Assert.That(harness.Services.GetRequiredService<JobCatalog>().List().Select(entry => entry.Name), Does.Contain(job));
    }

    [Test]
    public async Task Tool_List_Succeeds() => Assert.That(await Acme.Tool.AcmeTool.RunAsync(["list"]), Is.Zero);

    [Test]
    public void Deployment_Template_NamesTheFunction() =>
        Assert.That(Acme.Deployment.AcmeTemplate.Generate(), Does.Contain("\"Handler\": \"Acme.Chores.Function\""));

    [Test]
    public async Task LocalServers_Buckets_AreCreated() => await Acme.LocalServers.AcmeBuckets.CreateAsync(CancellationToken.None);

    [Test]
    public async Task Sqlite_Run_IsInTheHistory()
    {
        var folder = Directory.CreateTempSubdirectory("sqlite-readme-");
        await using var harness = new JobHarness(builder => Acme.Sqlite.AcmeRuns.Keep(builder, folder.FullName));
        var record = RunRecordBuilder.Create();

        await harness.Services.GetRequiredService<IRunStore>().WriteAsync(record, CancellationToken.None);

        Assert.That(
            (await harness.Services.GetRequiredService<IRunHistory>().FindAsync(record.RunId))?.Summary, Is.EqualTo(record.Summary));
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task Reporting_Report_IsAPage()
    {
        var history = new Mock<IRunHistory>(MockBehavior.Strict);
        history.Setup(runs => runs.ListAsync(It.IsAny<RunQuery>(), It.IsAny<CancellationToken>()))
            .Returns(AsyncEnumerable.Empty<RunRecord>());
        history.SetupGet(runs => runs.Omissions).Returns([]);
        await using var page = new StringWriter();

        await Acme.Reporting.AcmeReport.WriteAsync(history.Object, page, CancellationToken.None);

        Assert.That(page.ToString(), Does.StartWith("<!DOCTYPE html>"));
    }

    private static TestCaseData Example(string job, Action<IDispatcherBuilder> add) => new TestCaseData(job, add).SetArgDisplayNames(job);
}
