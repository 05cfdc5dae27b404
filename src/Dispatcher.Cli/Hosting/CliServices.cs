using Dispatcher.Aws.Waiting;
using Dispatcher.Cli.History;
using Dispatcher.Cli.Terminal;
using Dispatcher.Failures;
using Dispatcher.Function;
using Dispatcher.Lambda;
using Dispatcher.Registration;
using Dispatcher.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Cli.Hosting;

/// <summary>Puts together what the commands need: the function's jobs on the standard pipeline, without Lambda's output.</summary>
internal static class CliServices
{
    private const int DefaultCallSeconds = 30;

    /// <summary>Makes the services.</summary>
    /// <param name="terminal">Takes the log.</param>
    /// <param name="level">What to log.</param>
    /// <param name="progress">Hears how far a run has come.</param>
    /// <param name="record">Whether runs go into the history, which can be read either way, their changes into an audit trail, and their metrics where configured.</param>
    /// <returns>The services.</returns>
    public static ServiceProvider Build(
        CliTerminal terminal, LogLevel level = LogLevel.Warning, IProgress<JobProgress>? progress = null, bool record = false)
    {
        var services = new ServiceCollection();
        var configuration = ReadConfiguration();
        services.AddSingleton(configuration);
        services.AddSingleton(ReadCallTimeout(configuration));
        services.AddTerminalLogging(terminal, level);
        if (progress is not null)
        {
            services.AddSingleton(progress);
        }

        var builder = services.AddMaintenanceDispatcher().UseStandardMiddleware().AddMaintenanceJobs().AddHistory(configuration);
        if (record)
        {
            builder.AddRecording(configuration, new LambdaOutput(terminal.RawError), AuditLines.AreWanted(configuration)).AddRunMetrics(configuration);
        }

        return services.BuildServiceProvider();
    }

    /// <summary>Reads for how long a call to AWS may wait: a person is patient for less long than a function that has to be done by morning.</summary>
    /// <param name="configuration">The environment.</param>
    /// <returns>The time; 30 seconds if none is set.</returns>
    /// <exception cref="BadInputException">The environment variable is wrong.</exception>
    public static AwsCallTimeout ReadCallTimeout(IConfiguration configuration)
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

    /// <summary>Reads what the function would read.</summary>
    /// <returns>
    /// The environment, over a file beside the tool. A run is recorded within 30 seconds instead of the function's 5: many processes may wait
    /// for the same file on a busy machine, and nothing freezes this one.
    /// </returns>
    public static IConfiguration ReadConfiguration() => new ConfigurationBuilder()
        .SetBasePath(AppContext.BaseDirectory)
        .AddInMemoryCollection([new($"Telemetry:{nameof(TelemetryOptions.SinkTimeoutSeconds)}", "30")])
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .Build();

    /// <summary>Logs to the terminal.</summary>
    /// <param name="services">The services.</param>
    /// <param name="terminal">Takes the log, on standard error.</param>
    /// <param name="level">What to log; with <see cref="LogLevel.Information"/> stack traces too.</param>
    public static void AddTerminalLogging(this IServiceCollection services, CliTerminal terminal, LogLevel level) =>
        services.AddLogging(
            logging =>
            {
                // Owned by the container, which disposes what a factory makes.
                logging.Services.AddSingleton<ILoggerProvider>(_ => new TerminalLoggerProvider(terminal, verbose: level <= LogLevel.Information));
                logging.SetMinimumLevel(level);
            });
}
