using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;
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
        Example("delete-sessions", Acme.Postgres.AcmeJobs.Add),
        Example("daily-uptime", Acme.PostgresJobs.AcmeJobs.Add),
        Example("video-upload-cleanup", Acme.VideoUploads.AcmeJobs.Add),
    ];

    [TestCaseSource(nameof(Examples))]
    public async Task Example_Jobs_AreRegistered(string job, Action<IDispatcherBuilder> add)
    {
        await using var harness = new JobHarness(add);

        Assert.That(harness.Services.GetRequiredService<JobCatalog>().List().Select(entry => entry.Name), Does.Contain(job));
    }

    private static TestCaseData Example(string job, Action<IDispatcherBuilder> add) => new TestCaseData(job, add).SetArgDisplayNames(job);
}
