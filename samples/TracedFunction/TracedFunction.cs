using Dispatcher;
using Dispatcher.Lambda;
using Dispatcher.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace TracedFunction;

internal static class Program
{
    public static Task RunAsync(Action<IDispatcherBuilder> jobs) => MaintenanceFunction.RunAsync(jobs, AddTelemetry);

    public static void AddTelemetry(IServiceCollection services)
    {
        services.AddOpenTelemetry()
            .WithTracing(static tracing => tracing.AddDispatcherInstrumentation().AddOtlpExporter())
            .WithMetrics(static metrics => metrics.AddDispatcherInstrumentation().AddOtlpExporter());
        services.AddMaintenanceDispatcher().UseOpenTelemetryFlush();
    }
}
