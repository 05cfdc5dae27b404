namespace Dispatcher.Cli.Terminal;

/// <summary>Remembers how far each stage of a run has come, for whoever looks.</summary>
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

    /// <summary>Takes the stages as they are now.</summary>
    /// <returns>The stages, in the order of their beginning.</returns>
    public IReadOnlyList<JobProgress> Snapshot()
    {
        lock (_lock)
        {
            return [.. _stages.Values];
        }
    }
}
