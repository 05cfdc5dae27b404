using Dispatcher.Aws.Audit;
using Dispatcher.Aws.Continuations;
using Dispatcher.Aws.History;
using Dispatcher.Hosting;
using Dispatcher.Lambda;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Function;

/// <summary>The services of the function.</summary>
public static class FunctionServices
{
    /// <summary>Makes everything that an invocation needs; clients of outside services only when a job asks for them.</summary>
    /// <param name="configure">
    /// Registers first, and what it registers takes the place of the standard: the configuration (an instance), the clock, the output, clients;
    /// any logging instead of the log lines, any <see cref="IRunSink"/> instead of the run lines, any <see cref="IAuditSink"/> instead of the
    /// audit lines, any <see cref="IMetricsSink"/> instead of what <c>METRICS_SINK</c> (emf, none) chooses. The run history in DynamoDB
    /// (<c>RUNS_TABLE</c>) and the audit trail in S3 (<c>AUDIT_BUCKET</c>) are added where they are configured, whatever else there is, and
    /// what a run leaves is queued where a queue is configured (<c>JOB_QUEUE_URL</c>), unless there is an <c>IContinuationSender</c> already.
    /// </param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">The configuration is wrong; the message says where, and what to set.</exception>
    public static ServiceProvider Build(Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        Register(services, configure);
        return services.BuildServiceProvider();
    }

    /// <summary>Creates the configuration of the function, which the command line shares.</summary>
    /// <param name="defaults">Values that files and environment variables override.</param>
    /// <returns>The environment variables, over <c>appsettings.json</c> beside the program, over the defaults.</returns>
    public static IConfiguration CreateConfiguration(params IEnumerable<KeyValuePair<string, string?>> defaults) => new ConfigurationBuilder()
        .SetBasePath(AppContext.BaseDirectory)
        .AddInMemoryCollection(defaults)
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .Build();

    internal static void Register(IServiceCollection services, Action<IServiceCollection>? configure)
    {
        configure?.Invoke(services);
        var builder = services.AddMaintenanceDispatcher().UseStandardMiddleware().AddMaintenanceJobs().AddLambdaHost();
        var configuration = UseConfiguration(services);
        AddReporting(builder, configuration);
        if (JobQueue.Read(configuration) is { } queue)
        {
            builder.AddSqsContinuations(queue);
        }
    }

    private static void AddReporting(IDispatcherBuilder builder, IConfiguration configuration)
    {
        if (!builder.Services.Has<ILoggerFactory>() && !builder.Services.Has<ILoggerProvider>())
        {
            builder.AddLogLines();
        }

        if (!builder.Services.Has<IRunSink>())
        {
            builder.AddRunLines();
        }

        if (!builder.Services.Has<IAuditSink>())
        {
            builder.AddAuditLines();
        }

        if (!builder.Services.Has<IMetricsSink>())
        {
            builder.AddConfiguredMetrics(configuration);
        }

        if (RunTable.Read(configuration) is { } table)
        {
            builder.AddRunTable(table);
        }

        if (AuditBucket.Read(configuration) is { } bucket)
        {
            builder.AddS3AuditTrail(bucket);
        }

        builder.Services.AddLogging();
    }

    private static bool Has<TService>(this IServiceCollection services) => services.Any(service => service.ServiceType == typeof(TService));

    private static IConfiguration UseConfiguration(IServiceCollection services)
    {
        if (services.LastOrDefault(service => service.ServiceType == typeof(IConfiguration)) is { } given)
        {
            return given.ImplementationInstance as IConfiguration
                ?? throw new InvalidOperationException("The configuration is registered as a factory. Register an instance: it is read while the services are put together.");
        }

        var configuration = CreateConfiguration();
        services.AddSingleton(configuration);
        return configuration;
    }
}
