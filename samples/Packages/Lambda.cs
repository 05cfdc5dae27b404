using Dispatcher;
using Dispatcher.Lambda;
using Microsoft.Extensions.DependencyInjection;

namespace Acme.Lambda;

internal sealed class CheckLinksJob : IMaintenanceJob
{
    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) =>
        Task.FromResult(JobResult.Succeeded("Checked the links."));
}

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder.AddJob<CheckLinksJob>("check-links");
}

public sealed class Function() : MaintenanceFunction(AcmeJobs.Add);
