using Dispatcher;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PackageSample;

internal sealed class MyJob : IMaintenanceJob
{
    public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) => Task.FromResult(JobResult.Succeeded("Done."));
}

internal static class PackageProgram
{
    public static async Task<JobStatus> RunAsync()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddMaintenanceDispatcher().UseStandardMiddleware().AddJob<MyJob>("my-job");

        await using var provider = services.BuildServiceProvider();
        var request = provider.GetRequiredService<JobRequestReader>().Read(JobRequestReader.Parse("""{"job":"my-job"}"""u8));
        var summary = await provider.GetRequiredService<IJobDispatcher>().DispatchAsync(request);
        return summary.Status;
    }
}
