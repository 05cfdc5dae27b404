using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Dispatcher.OpenTelemetry;

/// <summary>Extensions that add the telemetry of the dispatcher to OpenTelemetry.</summary>
public static class InstrumentationBuilderExtensions
{
    /// <summary>
    /// Adds the spans of the dispatcher: each run, each of its attempts, each call of the change gate, and each call to AWS through a
    /// client of <c>Dispatcher.Aws</c>. No tag has the target of a change, a parameter, or a value of a request.
    /// </summary>
    /// <param name="builder">The builder of the tracer provider.</param>
    /// <returns>The builder.</returns>
    public static TracerProviderBuilder AddDispatcherInstrumentation(this TracerProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddSource("Dispatcher", "Dispatcher.Aws");
    }

    /// <summary>
    /// Adds the figures of each run's record: <c>dispatcher.runs</c>, <c>dispatcher.run.duration</c>, <c>dispatcher.run.attempts</c>,
    /// <c>dispatcher.changes</c>, <c>dispatcher.item_errors</c> and <c>dispatcher.storage.freed</c>, with the tags <c>job.name</c>,
    /// <c>job.status</c> and <c>job.dry_run</c>.
    /// </summary>
    /// <param name="builder">The builder of the meter provider.</param>
    /// <returns>The builder.</returns>
    public static MeterProviderBuilder AddDispatcherInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddMeter("Dispatcher");
    }
}
