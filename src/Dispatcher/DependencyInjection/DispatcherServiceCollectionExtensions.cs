using Dispatcher;
using Dispatcher.Hosting;
using Dispatcher.Pipeline;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the dispatcher.</summary>
public static class DispatcherServiceCollectionExtensions
{
    /// <summary>
    /// Adds the dispatcher without jobs and without middleware. Needs an <c>IConfiguration</c> and logging in the same services.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <returns>What jobs and middlewares are added to. Calling this again adds to the same dispatcher.</returns>
    public static IDispatcherBuilder AddMaintenanceDispatcher(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IProgress<JobProgress>, SilentProgress>();
        services.TryAddSingleton<FailureClassifier>();
        services.TryAddSingleton<JobRegistry>();
        services.TryAddSingleton<JobCatalog>();
        services.TryAddSingleton<JobRequestReader>();
        services.TryAddSingleton<JobPipeline>();
        services.TryAddSingleton<IJobDispatcher, JobDispatcher>();
        return new DispatcherBuilder(services);
    }

    private sealed record DispatcherBuilder(IServiceCollection Services) : IDispatcherBuilder;

    private sealed class SilentProgress : IProgress<JobProgress>
    {
        public void Report(JobProgress value)
        {
        }
    }
}
