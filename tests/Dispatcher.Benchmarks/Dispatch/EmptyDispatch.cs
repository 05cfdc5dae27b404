using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>A dispatcher with the standard pipeline, an empty job and sinks that drop everything.</summary>
internal sealed class EmptyDispatch : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly IJobDispatcher _dispatcher;
    private readonly BoundRequest _request;

    public EmptyDispatch()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddEnvironmentVariables().Build());
        services.AddSingleton<NullSink>();
        services.AddSingleton<IRunSink>(static provider => provider.GetRequiredService<NullSink>());
        services.AddSingleton<IMetricsSink>(static provider => provider.GetRequiredService<NullSink>());
        services.AddMaintenanceDispatcher().AddJob<EmptyJob>("empty").UseStandardMiddleware();
        _services = services.BuildServiceProvider();
        _dispatcher = _services.GetRequiredService<IJobDispatcher>();
        _request = _services.GetRequiredService<JobRequestReader>().Bind(new JobRequest("empty"));
    }

    public Task<RunRecord> RunAsync() => _dispatcher.DispatchAsync(_request);

    public void Dispose() => _services.Dispose();
}
