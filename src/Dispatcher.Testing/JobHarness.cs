using System.Text;
using Dispatcher.Hosting;
using Dispatcher.Plans;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Testing;

/// <summary>
/// A harness around the real dispatcher - reader, standard pipeline, change gate - that keeps everything that the dispatcher emits.
/// </summary>
/// <example>
/// <code>
/// await using var harness = new JobHarness(builder => builder.AddJob&lt;MyJob&gt;("my-job"));
/// var record = await harness.RunAsync("""{"job":"my-job","dryRun":true}""");
/// </code>
/// </example>
public sealed class JobHarness : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <summary>Creates a dispatcher.</summary>
    /// <param name="configure">Adds jobs and services.</param>
    /// <param name="configuration">The settings of the environment. The process's own environment is not read.</param>
    /// <param name="timeProvider">The clock; by default the system's.</param>
    public JobHarness(
        Action<IDispatcherBuilder> configure,
        IReadOnlyDictionary<string, string?>? configuration = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(configure);

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build());
        services.AddSingleton(timeProvider ?? TimeProvider.System);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddSingleton<IRunSink>(Runs);
        services.AddSingleton<IMetricsSink>(Metrics);
        services.AddSingleton<IProgress<JobProgress>>(Progress);
        services.AddSingleton<IPlanStore>(Plans);
        services.Configure<PlanOptions>(static plans => plans.RequiresRunStore = false);
        configure(services.AddMaintenanceDispatcher().UseStandardMiddleware());
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    /// <summary>Gets the services of the dispatcher.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Gets the records of all runs.</summary>
    public RecordingRunSink Runs { get; } = new();

    /// <summary>Gets the metrics of all runs.</summary>
    public RecordingMetricsSink Metrics { get; } = new();

    /// <summary>Gets the log of all runs.</summary>
    public RecordingLoggerProvider Logs { get; } = new();

    /// <summary>Gets the progress reports of all runs.</summary>
    public RecordingProgress Progress { get; } = new();

    /// <summary>Gets the plans that dry runs have written to locations that begin with <c>memory:</c>.</summary>
    public MemoryPlanStore Plans { get; } = new();

    /// <summary>Runs a payload.</summary>
    /// <param name="payload">The payload, JSON.</param>
    /// <param name="deadline">The time at which the host would end the run; by default none.</param>
    /// <param name="cancellationToken">Fires when the caller gives up.</param>
    /// <returns>The record of the run, also of a failed one.</returns>
    /// <exception cref="JobRequestException">The payload is wrong.</exception>
    public Task<RunRecord> RunAsync(string payload, DateTimeOffset? deadline = null, CancellationToken cancellationToken = default)
    {
        var reader = _services.GetRequiredService<JobRequestReader>();
        var request = reader.Read(JobRequestReader.Parse(Encoding.UTF8.GetBytes(payload))).WithHost(deadline);
        return _services.GetRequiredService<IJobDispatcher>().DispatchAsync(request, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
