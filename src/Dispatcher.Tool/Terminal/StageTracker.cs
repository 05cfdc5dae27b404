namespace Dispatcher.Tool.Terminal;

/// <summary>The latest progress of each stage of a run.</summary>
internal sealed class StageTracker : IProgress<JobProgress>
{
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, JobProgress> _stages = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public void Report(JobProgress value)
    {
        lock (_lock)
        {
            _stages[value.Stage] = value;
        }
    }

    /// <summary>Gets the current stages.</summary>
    /// <returns>The stages, in the order of their beginning.</returns>
    public IReadOnlyList<JobProgress> Snapshot()
    {
        lock (_lock)
        {
            return [.. _stages.Values];
        }
    }
}
