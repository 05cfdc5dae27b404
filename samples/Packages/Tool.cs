using Dispatcher;
using Dispatcher.Tool;
using Microsoft.Extensions.DependencyInjection;

namespace Acme.Tool;

internal sealed class CheckLinksJob : IMaintenanceJob
{
    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) =>
        Task.FromResult(JobResult.Succeeded("Checked the links."));
}

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder.AddJob<CheckLinksJob>("check-links");
}

internal static class AcmeTool
{
    public static Task<int> RunAsync(string[] args) => DispatchTool.RunAsync(args, AcmeJobs.Add);
}
