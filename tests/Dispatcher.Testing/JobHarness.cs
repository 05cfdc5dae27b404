using System.Text;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Testing;

/// <summary>
/// Runs payloads through the real dispatcher - reader, standard pipeline, change gate - and keeps everything that it emits.
/// </summary>
/// <example>
/// <code>
/// await using var harness = new JobHarness(builder => builder.AddJob&lt;MyJob&gt;("my-job"));
/// var summary = await harness.RunAsync("""{"job":"my-job","dryRun":true}""");
/// </code>
/// </example>
public sealed class JobHarness : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <summary>Creates a dispatcher.</summary>
    /// <param name="configure">Adds jobs and services.</param>
    /// <param name="configuration">What stands in the environment. The process's own environment is not read.</param>
    /// <param name="timeProvider">The clock; the system's where it is left out.</param>
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
        configure(services.AddMaintenanceDispatcher().UseStandardMiddleware());
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    /// <summary>Gets the services that the dispatcher is made from.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Gets the records of all runs.</summary>
    public RecordingRunSink Runs { get; } = new();

    /// <summary>Gets the metrics of all runs.</summary>
    public RecordingMetricsSink Metrics { get; } = new();

    /// <summary>Gets the log of all runs.</summary>
    public RecordingLoggerProvider Logs { get; } = new();

    /// <summary>Gets the progress reports of all runs.</summary>
    public RecordingProgress Progress { get; } = new();

    /// <summary>Runs a payload.</summary>
    /// <param name="payload">The payload, JSON.</param>
    /// <param name="deadline">When the host would end the run.</param>
    /// <param name="cancellationToken">Fires when the caller gives up.</param>
    /// <returns>The record of the run, also of a failed one.</returns>
    /// <exception cref="JobRequestException">The payload is wrong.</exception>
    public Task<JobRunSummary> RunAsync(string payload, DateTimeOffset? deadline = null, CancellationToken cancellationToken = default)
    {
        var reader = _services.GetRequiredService<JobRequestReader>();
        var request = reader.Read(JobRequestReader.Parse(Encoding.UTF8.GetBytes(payload))) with { Deadline = deadline };
        return _services.GetRequiredService<IJobDispatcher>().DispatchAsync(request, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
