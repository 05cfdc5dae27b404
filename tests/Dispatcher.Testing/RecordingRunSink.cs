using System.Collections.Concurrent;
using Dispatcher.Hosting;

namespace Dispatcher.Testing;

/// <summary>Keeps the records of runs.</summary>
public sealed class RecordingRunSink : IRunSink
{
    private readonly ConcurrentQueue<JobRunSummary> _summaries = new();

    /// <summary>Gets the records so far, in order.</summary>
    public IReadOnlyList<JobRunSummary> Summaries => [.. _summaries];

    /// <inheritdoc />
    public Task WriteAsync(JobRunSummary summary, CancellationToken cancellationToken)
    {
        _summaries.Enqueue(summary);
        return Task.CompletedTask;
    }
}
