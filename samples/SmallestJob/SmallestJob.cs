using Dispatcher;
using Dispatcher.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace SmallestJob;

internal sealed record PurgeParameters { public required string Folder { get; init; } }

internal sealed class PurgeJob : MaintenanceJob<PurgeParameters>
{
    protected override async Task<JobResult> RunAsync(PurgeParameters parameters, JobContext context, CancellationToken token)
    {
        foreach (var file in new DirectoryInfo(parameters.Folder).EnumerateFiles("*.tmp"))
            await context.Changes.TryApplyAsync(new Change("file:Delete", file.FullName), stop => Task.Run(file.Delete, stop), token);

        return JobResult.Succeeded($"Purged {parameters.Folder}.");
    }
}

public sealed class PurgeJobTests
{
    [TestCase("true", true), TestCase("false", false)]
    public async Task RunAsync_OneFile_DeletesItUnlessDryRun(string dryRun, bool remains)
    {
        await File.WriteAllTextAsync("old.tmp", "old");
        await using var harness = new JobHarness(jobs => jobs.AddJob<PurgeJob, PurgeParameters>("purge"));
        await harness.RunAsync($$"""{"job":"purge","parameters":{"folder":"."},"dryRun":{{dryRun}}}""");
        Assert.That(File.Exists("old.tmp"), Is.EqualTo(remains));
    }
}
