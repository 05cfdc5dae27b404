using Amazon.SecurityToken;
using Dispatcher.Aws;
using Dispatcher.Aws.Plans;
using Dispatcher.Hosting;
using Dispatcher.Lambda;
using Dispatcher.Plans;
using Dispatcher.Tool.History;
using Dispatcher.Tool.Plans;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Tool.Hosting;

/// <summary>The services of the commands: the tool's jobs on the standard pipeline, without Lambda's output.</summary>
internal static class ToolServices
{
    private const int DefaultCallSeconds = 30;
    private const int FirstAnswerSeconds = 10;
    private const int NoticeSeconds = 2;

    /// <summary>Creates the services.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="level">The minimum log level.</param>
    /// <param name="progress">Receives the progress of runs.</param>
    /// <param name="record">
    /// Whether to record runs in the history, their changes in an audit trail, and their metrics in the configured sink.
    /// </param>
    /// <param name="configure">Registers further services of a command.</param>
    /// <returns>The services.</returns>
    public static ServiceProvider Build(
        ToolContext tool,
        LogLevel level = LogLevel.Warning,
        IProgress<JobProgress>? progress = null,
        bool record = false,
        Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        tool.ConfigureServices?.Invoke(services);
        configure?.Invoke(services);
        var configuration = services.UseConfiguration();
        services.LimitWaits(configuration);
        services.TryAddSingleton(tool.Interrupt);
        services.AddTerminalLogging(tool.Terminal, level);
        if (progress is not null)
        {
            services.AddSingleton(progress);
        }

        // A person who applies a plan on this machine may do so without a run store.
        services.Configure<PlanOptions>(static plans => plans.RequiresRunStore = false);
        var builder = services.AddMaintenanceDispatcher();
        if (record)
        {
            builder.UseRunMarks();
        }

        builder.UseStandardMiddleware();
        tool.Jobs(builder);
        builder.AddHistory(configuration);
        builder.AddAwsClient<IAmazonSecurityTokenService>(static () => new AmazonSecurityTokenServiceClient());
        AddPlans(builder, configuration);
        if (record)
        {
            builder.AddRecording(configuration, new LambdaOutput(tool.Terminal.RawError), AuditLines.AreWanted(configuration));
            AddMetrics(builder, configuration);
            if (progress is not null)
            {
                services.AddSingleton<IAuditSink>(new ChangeProgress(progress));
            }
        }

        return services.BuildServiceProvider();
    }

    /// <summary>
    /// Reads the registered jobs without reading the environment, and without a container unless a job is registered with a factory.
    /// </summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The jobs, by name.</returns>
    public static IReadOnlyCollection<JobDescriptor> ReadJobs(ToolContext tool)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        tool.Jobs(services.AddMaintenanceDispatcher());

        var jobs = new List<JobDescriptor>();
        foreach (var service in services)
        {
            if (service.ServiceType != typeof(JobDescriptor) || service.IsKeyedService)
            {
                continue;
            }

            // AddJob registers an instance.
            if (service.ImplementationInstance is not JobDescriptor job)
            {
                return ResolveJobs(services);
            }

            jobs.Add(job);
        }

        return new JobRegistry(jobs).Jobs;
    }

    private static IReadOnlyCollection<JobDescriptor> ResolveJobs(IServiceCollection services)
    {
        using var provider = services.BuildServiceProvider();
        return new JobRegistry(provider.GetServices<JobDescriptor>()).Jobs;
    }

    /// <summary>
    /// Limits how long the clients of the tool wait for a system that has never answered, and how soon they say so: a person is waiting.
    /// </summary>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="seconds">The time for the first answer, if the environment sets one for calls to AWS.</param>
    /// <returns>The limit.</returns>
    public static FirstAnswerLimit CreateFirstAnswerLimit(TimeProvider timeProvider, double? seconds = null) => new(
        TimeSpan.FromSeconds(seconds ?? FirstAnswerSeconds), TimeSpan.FromSeconds(NoticeSeconds), timeProvider);

    /// <summary>Limits the waits of the clients of a command.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The environment.</param>
    /// <exception cref="BadInputException">The environment variable is invalid.</exception>
    public static void LimitWaits(this IServiceCollection services, IConfiguration configuration)
    {
        var timeout = ReadCallTimeout(configuration);
        double? configured = string.IsNullOrWhiteSpace(configuration[AwsCallTimeout.Key]) ? null : timeout.Value.TotalSeconds;
        services.AddSingleton(timeout);
        services.AddSingleton(provider => CreateFirstAnswerLimit(provider.GetRequiredService<TimeProvider>(), configured));
    }

    /// <summary>Reads the time limit of calls to AWS, which is shorter than in the function: a person is waiting.</summary>
    /// <param name="configuration">The environment.</param>
    /// <returns>The time limit; 30 seconds by default.</returns>
    /// <exception cref="BadInputException">The environment variable is invalid.</exception>
    private static AwsCallTimeout ReadCallTimeout(IConfiguration configuration)
    {
        try
        {
            return AwsCallTimeout.Read(configuration, DefaultCallSeconds);
        }
        catch (PermanentJobException exception)
        {
            throw new BadInputException(exception.Message);
        }
    }

    /// <summary>Registers the same configuration as in the function, unless the tool has one of its own.</summary>
    /// <param name="services">The services.</param>
    /// <returns>
    /// The configuration. A run is recorded within 30 seconds instead of the function's 5: many processes may wait for the same file on a
    /// busy machine, and Lambda does not freeze this one.
    /// </returns>
    public static IConfiguration UseConfiguration(this IServiceCollection services)
    {
        var given = services.LastOrDefault(service => service.ServiceType == typeof(IConfiguration))?.ImplementationInstance;
        if (given is IConfiguration own)
        {
            return own;
        }

        var configuration = FunctionServices.CreateConfiguration(
            KeyValuePair.Create($"Telemetry:{nameof(TelemetryOptions.SinkTimeoutSeconds)}", (string?)"30"));
        services.AddSingleton(configuration);
        return configuration;
    }

    /// <summary>Logs to the terminal.</summary>
    /// <param name="services">The services.</param>
    /// <param name="terminal">The terminal; the log goes to standard error.</param>
    /// <param name="level">The minimum level; <see cref="LogLevel.Information"/> includes stack traces.</param>
    public static void AddTerminalLogging(this IServiceCollection services, CliTerminal terminal, LogLevel level) =>
        services.AddLogging(
            logging =>
            {
                // The container disposes what a factory creates.
                logging.Services.AddSingleton<ILoggerProvider>(
                    _ => new TerminalLoggerProvider(terminal, verbose: level <= LogLevel.Information));
                logging.SetMinimumLevel(level);
            });

    private static void AddPlans(IDispatcherBuilder builder, IConfiguration configuration)
    {
        try
        {
            builder.AddS3Plans(PlanBucketSettings.Read(configuration)).Services.AddSingleton<IPlanStore, FilePlanStore>();
        }
        catch (InvalidOperationException exception)
        {
            throw new BadInputException(exception.Message);
        }
    }

    private static void AddMetrics(IDispatcherBuilder builder, IConfiguration configuration)
    {
        try
        {
            builder.AddConfiguredMetrics(configuration, inLambda: false);
        }
        catch (InvalidOperationException exception)
        {
            throw new BadInputException(exception.Message);
        }
    }
}
