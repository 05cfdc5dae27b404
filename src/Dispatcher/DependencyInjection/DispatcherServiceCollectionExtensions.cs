using Dispatcher;
using Dispatcher.Hosting;
using Dispatcher.Middleware;
using Dispatcher.Pipeline;
using Dispatcher.Plans;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extensions that register the dispatcher.</summary>
public static class DispatcherServiceCollectionExtensions
{
    /// <summary>
    /// Adds the dispatcher without jobs and without middleware. Needs an <c>IConfiguration</c> and logging in the same services.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <returns>The builder for jobs and middlewares. Another call returns a builder of the same dispatcher.</returns>
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
        services.AddOptions<PlanOptions>().BindConfiguration("Plans");
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PlanOptions>, PlanOptionsValidator>());
        services.TryAddSingleton<PlanPreparation>();
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
