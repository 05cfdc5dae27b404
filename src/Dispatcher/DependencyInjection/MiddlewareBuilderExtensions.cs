using System.Diagnostics.CodeAnalysis;
using Dispatcher;
using Dispatcher.Hosting;
using Dispatcher.Middleware;
using Dispatcher.Pipeline;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Orders the pipeline: what is used first is outermost. Each call can be repeated; the first place counts.
/// </summary>
public static class MiddlewareBuilderExtensions
{
    /// <summary>
    /// Adds the standard pipeline, outermost first:
    /// <list type="number">
    /// <item><description>telemetry: log scope, activity, metrics and exactly one record per run;</description></item>
    /// <item><description>continuation: what a run has left at its deadline is queued, where the host can;</description></item>
    /// <item><description>deadline: the job is asked to stop before the host ends the process;</description></item>
    /// <item><description>dry run: clients refuse what is not a read;</description></item>
    /// <item><description>retry: transient failures, never beyond the deadline.</description></item>
    /// </list>
    /// Middleware used after this call runs inside of it, once per attempt.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder UseStandardMiddleware(this IDispatcherBuilder builder) =>
        builder.UseTelemetry().UseContinuation().UseDeadline().UseDryRun().UseRetry();

    /// <summary>Records every run: log scope, activity, metrics, summary.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder UseTelemetry(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<TelemetryOptions>().BindConfiguration("Telemetry");
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidator>());
        return builder.UseMiddleware<TelemetryMiddleware>();
    }

    /// <summary>
    /// Has a run that stopped at its deadline followed by another one, where an <see cref="IContinuationSender"/> is registered. Use it outside
    /// of the deadline.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder UseContinuation(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<ContinuationOptions>().BindConfiguration("Continuation");
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ContinuationOptions>, ContinuationOptionsValidator>());
        return builder.UseMiddleware<ContinuationMiddleware>();
    }

    /// <summary>Stops a run before its host ends the process.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder UseDeadline(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<DeadlineOptions>().BindConfiguration("Deadline");
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DeadlineOptions>, DeadlineOptionsValidator>());
        return builder.UseMiddleware<DeadlineMiddleware>();
    }

    /// <summary>Guards a dry run against calls past the change gate.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder UseDryRun(this IDispatcherBuilder builder) => builder.UseMiddleware<DryRunMiddleware>();

    /// <summary>Tries a run again that failed for a transient reason.</summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder UseRetry(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<RetryOptions>().BindConfiguration("Retry");
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RetryOptions>, RetryOptionsValidator>());
        return builder.UseMiddleware<RetryMiddleware>();
    }

    /// <summary>
    /// Adds a middleware of your own at this place of the pipeline. What it throws outside of the telemetry still fails the run for the
    /// caller, but is in no sink's record: use the telemetry first.
    /// </summary>
    /// <typeparam name="TMiddleware">The middleware, made once.</typeparam>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder UseMiddleware<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TMiddleware>(this IDispatcherBuilder builder)
        where TMiddleware : class, IJobMiddleware
    {
        ArgumentNullException.ThrowIfNull(builder);

        var used = builder.Services.Any(
            service => service.ImplementationInstance is MiddlewareRegistration other && other.Type == typeof(TMiddleware));
        if (!used)
        {
            builder.Services.TryAddSingleton<TMiddleware>();
            builder.Services.AddSingleton(
                new MiddlewareRegistration(typeof(TMiddleware), static services => services.GetRequiredService<TMiddleware>()));
        }

        return builder;
    }
}
