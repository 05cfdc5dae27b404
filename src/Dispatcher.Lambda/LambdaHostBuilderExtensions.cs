using Dispatcher.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dispatcher.Lambda;

/// <summary>Extensions that register the Lambda host.</summary>
public static class LambdaHostBuilderExtensions
{
    /// <summary>Adds the entry point, with raw standard output as the output of all sinks.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddLambdaHost(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.TryAddSingleton(static _ => new LambdaOutput(Console.OpenStandardOutput()));
        builder.Services.AddOptions<SqsBatchOptions>().BindConfiguration("SqsBatch");
        builder.Services.TryAddSingleton<IValidateOptions<SqsBatchOptions>, SqsBatchOptionsValidator>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPayloadMapper, SnsMessageMapper>());
        builder.Services.TryAddSingleton<SqsBatchHandler>();
        builder.Services.TryAddSingleton<JobWatch>();
        builder.Services.TryAddSingleton(static services => new LambdaEntryPoint(
            services.GetRequiredService<JobRequestReader>(),
            services.GetRequiredService<JobCatalog>(),
            services.GetRequiredService<IJobDispatcher>(),
            services.GetRequiredService<SqsBatchHandler>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<LambdaEntryPoint>>())
        {
            Watch = services.GetRequiredService<JobWatch>(),
        });
        return builder;
    }

    /// <summary>Writes the record of each run as one line of JSON.</summary>
    /// <param name="builder">The dispatcher, with <see cref="AddLambdaHost"/>.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddRunLines(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IRunSink, LambdaRunSink>());
        return builder;
    }

    /// <summary>Writes each audit entry as one line of JSON that begins with <c>{"type":"audit"</c>.</summary>
    /// <param name="builder">The dispatcher, with <see cref="AddLambdaHost"/>.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddAuditLines(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuditSink, LambdaAuditSink>());
        return builder;
    }

    /// <summary>Writes metrics as lines in CloudWatch's embedded metric format.</summary>
    /// <param name="builder">The dispatcher, with <see cref="AddLambdaHost"/>.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddEmfMetrics(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IMetricsSink, EmfMetricsSink>());
        return builder;
    }

    /// <summary>
    /// Writes the log as lines of JSON, from the level in <c>AWS_LAMBDA_LOG_LEVEL</c>: TRACE, DEBUG, INFO (the default), WARN, ERROR or
    /// FATAL.
    /// </summary>
    /// <param name="builder">The dispatcher, with <see cref="AddLambdaHost"/>.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder AddLogLines(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddLogging();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, LambdaLoggerProvider>());
        builder.Services.AddSingleton<IConfigureOptions<LoggerFilterOptions>>(static services =>
        {
            var level = LambdaLogLevel.Read(services.GetRequiredService<IConfiguration>());
            return new ConfigureOptions<LoggerFilterOptions>(options => options.MinLevel = level);
        });
        return builder;
    }
}
