using Dispatcher.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Dispatcher.OpenTelemetry;

/// <summary>A middleware that exports the telemetry of a run before the host may freeze the process.</summary>
internal sealed class OpenTelemetryFlushMiddleware(
    IEnumerable<TracerProvider> tracers, IEnumerable<MeterProvider> meters, TimeProvider timeProvider) : IJobMiddleware
{
    private const double UsableFraction = 0.8;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    private readonly TracerProvider[] _tracers = [.. tracers];
    private readonly MeterProvider[] _meters = [.. meters];

    public async Task<JobResult> InvokeAsync(JobContext context, JobDelegate next, CancellationToken cancellationToken)
    {
        try
        {
            return await next(context, cancellationToken);
        }
        finally
        {
            await FlushAsync(context.Request.Deadline);
        }
    }

    private async Task FlushAsync(DateTimeOffset? hostLimit)
    {
        var left = hostLimit is { } end ? (end - timeProvider.GetUtcNow()) * UsableFraction : MaxWait;
        var milliseconds = (int)Math.Clamp(left.TotalMilliseconds, 100, MaxWait.TotalMilliseconds);

        // Flushing blocks its thread, and an exporter may take longer than it was given.
        Task flushed = Task.WhenAll(
            [
                .. _tracers.Select(tracer => Task.Run(() => tracer.ForceFlush(milliseconds), CancellationToken.None)),
                .. _meters.Select(meter => Task.Run(() => meter.ForceFlush(milliseconds), CancellationToken.None)),
            ]);
        await flushed.WaitAsync(TimeSpan.FromMilliseconds(milliseconds), timeProvider, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
