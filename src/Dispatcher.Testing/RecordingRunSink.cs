using System.Collections.Concurrent;
using Dispatcher.Hosting;

namespace Dispatcher.Testing;

/// <summary>Keeps the records of runs.</summary>
public sealed class RecordingRunSink : IRunSink
{
    private readonly ConcurrentQueue<RunRecord> _summaries = new();

    /// <summary>Gets the records so far, in order.</summary>
    public IReadOnlyList<RunRecord> Summaries => [.. _summaries];

    /// <inheritdoc />
    public Task WriteAsync(RunRecord record, CancellationToken cancellationToken)
    {
        _summaries.Enqueue(record);
        return Task.CompletedTask;
    }
}
