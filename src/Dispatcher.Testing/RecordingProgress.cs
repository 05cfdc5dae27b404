using System.Collections.Concurrent;

namespace Dispatcher.Testing;

/// <summary>Keeps progress reports, in the order of their arrival.</summary>
public sealed class RecordingProgress : IProgress<JobProgress>
{
    private readonly ConcurrentQueue<JobProgress> _reports = new();

    /// <summary>Gets the reports so far.</summary>
    public IReadOnlyList<JobProgress> Reports => [.. _reports];

    /// <inheritdoc />
    public void Report(JobProgress value) => _reports.Enqueue(value);
}
