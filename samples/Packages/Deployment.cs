using Dispatcher;
using Dispatcher.Deployment.Generation;
using Microsoft.Extensions.DependencyInjection;

namespace Acme.Deployment;

internal sealed class CheckLinksJob : IMaintenanceJob
{
    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) =>
        Task.FromResult(JobResult.Succeeded("Checked the links."));
}

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder.AddJob<CheckLinksJob>("check-links");
}

internal static class AcmeTemplate
{
    public static string Generate() => TemplateGenerator.Generate(
        AcmeJobs.Add,
        new ApplicationOptions { CodeUri = "src/Acme.Chores.Function", Handler = "Acme.Chores.Function" },
        folder: ".");
}
