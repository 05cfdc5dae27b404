using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.OpenTelemetry;

/// <summary>Extensions that send the telemetry of each run when it ends.</summary>
public static class OpenTelemetryFlushBuilderExtensions
{
    /// <summary>
    /// Sends what the tracer and meter providers of the services have collected, at the end of each run. Lambda freezes the process then,
    /// so that a span in a queue would wait for the next invocation or get lost. Add it first: it creates the providers, and it has to be
    /// outside of the telemetry to see the span of the run.
    /// </summary>
    /// <remarks>
    /// The export ends after five seconds, and after four fifths of the time that is left. A failed export does not fail the run.
    /// </remarks>
    /// <param name="builder">The dispatcher.</param>
    /// <returns>The dispatcher.</returns>
    public static IDispatcherBuilder UseOpenTelemetryFlush(this IDispatcherBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseMiddleware<OpenTelemetryFlushMiddleware>();
    }
}
