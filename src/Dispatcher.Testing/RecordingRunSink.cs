using System.Collections.Concurrent;
using Dispatcher.Hosting;

namespace Dispatcher.Testing;

/// <summary>A sink that keeps the records of runs.</summary>
public sealed class RecordingRunSink : IRunSink
{
    private readonly ConcurrentQueue<RunRecord> _records = new();

    /// <summary>Gets the records so far, in order.</summary>
    public IReadOnlyList<RunRecord> Records => [.. _records];

    /// <inheritdoc />
    public Task WriteAsync(RunRecord record, CancellationToken cancellationToken)
    {
        _records.Enqueue(record);
        return Task.CompletedTask;
    }
}
