using System.Diagnostics.CodeAnalysis;
using Dispatcher;
using Dispatcher.Hosting;
using Dispatcher.Middleware;
using Dispatcher.Pipeline;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Extensions that order the pipeline: the middleware that is used first is the outermost. Each call can be repeated; the first one counts.
/// </summary>
public static class MiddlewareBuilderExtensions
{
    /// <summary>
    /// Adds the standard pipeline, outermost first:
    /// <list type="number">
    /// <item><description>shard end: the record of a slot is written when its last shard has ended;</description></item>
    /// <item><description>telemetry: log scope, activity, metrics and exactly one record per run;</description></item>
    /// <item><description>idempotency: a delivery whose slot was run before is skipped, if a run store is registered;</description></item>
    /// <item>
    /// <description>continuation: the remaining work of a run that stopped at its deadline is queued, if the host provides a
    /// sender;</description>
    /// </item>
    /// <item><description>shard start: a request for shards queues one request for each of them;</description></item>
    /// <item>
    /// <description>overlap: a run is skipped while another one does the same, if its registration asks for it and a run store is
    /// registered;</description>
    /// </item>
    /// <item><description>deadline: the job is asked to stop before the host ends the process;</description></item>
    /// <item><description>dry run: clients refuse what is not a read;</description></item>
    /// <item><description>retry: transient failures, never beyond the deadline.</description></item>
    /// </list>
    /// Middleware used after this call runs inside of it, once per attempt.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder UseStandardMiddleware(this IDispatcherBuilder builder) =>
        builder.UseShardEnd().UseTelemetry().UsePlans().UseIdempotency().UseContinuation().UseShardStart().UseOverlap().UseDeadline()
            .UseDryRun().UseRetry();

    /// <summary>
    /// Writes the record of a slot whose work was divided into shards when the last of them has ended, if an <see cref="IRunStore"/> is
    /// registered. Use it outside of the telemetry: the record of the last shard has to be in the store.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder UseShardEnd(this IDispatcherBuilder builder) => builder.UseMiddleware<ShardEndMiddleware>();

    /// <summary>
    /// Queues one request for each shard of a request with <c>shards</c>, if an <see cref="IRequestSender"/> is registered. Use it inside
    /// of the idempotency, and outside of the overlap: it does no work itself.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder UseShardStart(this IDispatcherBuilder builder) => builder.UseMiddleware<ShardStartMiddleware>();

    /// <summary>Reports every run: log scope, activity, metrics, record.</summary>
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
    /// Skips a delivery whose slot was run before, or is being run, if an <see cref="IRunStore"/> is registered. Use it outside of the
    /// continuation: a slot is finished when the rest of its work is queued.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder UseIdempotency(this IDispatcherBuilder builder) =>
        builder.AddLeases().UseMiddleware<IdempotencyMiddleware>();

    /// <summary>
    /// Skips a run while another one does what <see cref="JobOptions.PreventOverlap()"/> names, if an <see cref="IRunStore"/> is
    /// registered. Use it inside of the continuation: a follow-up run must not find the lease of the run before it.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder UseOverlap(this IDispatcherBuilder builder) => builder.AddLeases().UseMiddleware<OverlapMiddleware>();

    /// <summary>
    /// Queues a follow-up run for a run that stopped at its deadline, if an <see cref="IRequestSender"/> is registered. Use it outside
    /// of the deadline.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder UseContinuation(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<ContinuationOptions>().BindConfiguration("Continuation");
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<ContinuationOptions>, ContinuationOptionsValidator>());
        return builder.UseMiddleware<ContinuationMiddleware>();
    }

    /// <summary>
    /// Publishes the plan of a dry run that has one, and applies each plan once. Use it outside of the deadline, and inside of the
    /// telemetry.
    /// </summary>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder UsePlans(this IDispatcherBuilder builder) => builder.UseMiddleware<PlanMiddleware>();

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

    /// <summary>Retries a run after a transient failure.</summary>
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
    /// Adds a middleware at this place of the pipeline. An exception that it throws outside of the telemetry fails the run for the caller,
    /// but is in no record of a sink: use the telemetry first.
    /// </summary>
    /// <typeparam name="TMiddleware">The middleware, created once.</typeparam>
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

    private static IDispatcherBuilder AddLeases(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<LeaseOptions>().BindConfiguration("Leases");
        builder.Services.AddOptions<IdempotencyOptions>().BindConfiguration("Idempotency");
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LeaseOptions>, LeaseOptionsValidator>());
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<IdempotencyOptions>, IdempotencyOptionsValidator>());
        builder.Services.TryAddSingleton<LeaseKeeper>();
        return builder;
    }
}
