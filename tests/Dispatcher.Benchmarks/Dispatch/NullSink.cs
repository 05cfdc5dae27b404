using Dispatcher.Hosting;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>A sink that drops records and metrics.</summary>
internal sealed class NullSink : IRunSink, IMetricsSink
{
    public bool IsImmediate => true;

    public Task WriteAsync(RunRecord record, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task EmitAsync(MetricBatch batch, CancellationToken cancellationToken) => Task.CompletedTask;
}
