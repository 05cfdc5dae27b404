using Dispatcher;
using Dispatcher.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Acme.Http;

internal sealed class PurgeCacheJob([FromKeyedServices(GuardedHttpClient.Key)] HttpClient client) : IMaintenanceJob
{
    private static readonly Uri Cache = new("https://cache.example.com/videos");

    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var change = new Change("http:DELETE", Cache.AbsoluteUri);
        await context.Changes.ApplyAsync(change, stop => client.DeleteAsync(Cache, stop), cancellationToken);
        return JobResult.Succeeded("Purged the cache.");
    }
}

internal static class AcmeJobs
{
    public static void Add(IDispatcherBuilder builder) => builder.AddGuardedHttpClient().AddJob<PurgeCacheJob>("purge-cache");
}
