using Dispatcher.Hosting;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Acme.Chores.Tests;

public sealed class AcmeJobsTests
{
    [Test]
    public async Task Add_EveryJob_IsDescribedLimitedScheduledAndWatched()
    {
        await using var harness = new JobHarness(AcmeJobs.Add);
        var jobs = harness.Services.GetRequiredService<JobRegistry>().Jobs;

        Assert.That(jobs.Select(job => job.Name), Is.EqualTo(["abort-stale-uploads", "archive-exports", "expire-invitations"]));
        foreach (var job in jobs)
        {
            var deployment = job.DescribeDeployments().Single();
            Assert.That(job.Description, Is.Not.Empty);
            Assert.That(job.MaxChanges, Is.Not.Null);
            Assert.That(deployment.Schedule, Is.Not.Null);
            Assert.That(deployment.Alarms, Is.Not.Empty);
        }
    }
}
