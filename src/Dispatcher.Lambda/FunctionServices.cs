using Dispatcher.Aws.Audit;
using Dispatcher.Aws.Continuations;
using Dispatcher.Aws.History;
using Dispatcher.Aws.Plans;
using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Lambda;

/// <summary>The services of the function.</summary>
public static class FunctionServices
{
    /// <summary>
    /// Builds everything that an invocation needs. Clients of external services are created only when a job requests them.
    /// </summary>
    /// <param name="jobs">Adds the jobs.</param>
    /// <param name="configure">
    /// Called first. Its registrations replace the defaults: the configuration (an instance), the clock, the output, clients; logging
    /// instead of the log lines, an <see cref="IRunSink"/> instead of the run lines, an <see cref="IAuditSink"/> instead of the audit
    /// lines, an <see cref="IMetricsSink"/> instead of the sink that <c>METRICS_SINK</c> (emf, none) selects. If they are configured, the
    /// run history in DynamoDB (<c>RUNS_TABLE</c>) and the audit trail in S3 (<c>AUDIT_BUCKET</c>) are always added, and the job queue
    /// (<c>JOB_QUEUE_URL</c>) unless an <c>IRequestSender</c> is registered. Plans are read from and written to the bucket that
    /// <c>PLAN_BUCKET</c> names, and no other.
    /// </param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">The configuration is invalid; the message states where, and what to set.</exception>
    public static ServiceProvider Build(Action<IDispatcherBuilder> jobs, Action<IServiceCollection>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(jobs);

        // Registered first, so that a library which tries to add a configuration finds one.
        var services = new ServiceCollection();
        services.AddSingleton(CreateConfiguration());
        configure?.Invoke(services);
        var builder = services.AddMaintenanceDispatcher().UseStandardMiddleware();
        jobs(builder);
        builder.AddLambdaHost();
        var configuration = FindConfiguration(services);
        AddReporting(builder, configuration);
        builder.AddS3Plans(PlanBucketSettings.Read(configuration));
        if (JobQueueSettings.Read(configuration) is { } queue)
        {
            builder.AddSqsJobQueue(queue);
        }

        return services.BuildServiceProvider();
    }

    /// <summary>Creates the configuration of the function, which the command line shares.</summary>
    /// <param name="defaults">Values that files and environment variables override.</param>
    /// <returns>The environment variables, over <c>appsettings.json</c> beside the program, over the defaults.</returns>
    public static IConfiguration CreateConfiguration(params IEnumerable<KeyValuePair<string, string?>> defaults)
    {
        var builder = new ConfigurationBuilder().AddInMemoryCollection(defaults);

        var file = Path.Combine(AppContext.BaseDirectory, "appsettings.json");
        if (File.Exists(file))
        {
            AddFile(builder, file);
        }

        return builder.AddEnvironmentVariables().Build();
    }

    /// <summary>Adds a file. A separate method: to compile a call of the provider of files loads its six assemblies.</summary>
    private static void AddFile(IConfigurationBuilder builder, string file) => builder.AddJsonFile(file);

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

        if (RunTableSettings.Read(configuration) is { } table)
        {
            builder.AddRunTable(table);
        }

        if (AuditBucketSettings.Read(configuration) is { } bucket)
        {
            builder.AddS3AuditTrail(bucket);
        }

        builder.Services.AddLogging();
    }

    private static bool Has<TService>(this IServiceCollection services) => services.Any(service => service.ServiceType == typeof(TService));

    private static IConfiguration FindConfiguration(ServiceCollection services) =>
        services.Last(static service => service.ServiceType == typeof(IConfiguration)).ImplementationInstance as IConfiguration
        ?? throw new InvalidOperationException(
            "The configuration is registered as a factory. Register an instance, because it is read while the services are built.");
}
