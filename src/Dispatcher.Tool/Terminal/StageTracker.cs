namespace Dispatcher.Tool.Terminal;

/// <summary>The latest progress of each stage of a run.</summary>
/// <param name="timeProvider">The clock; <see langword="null"/> for that of the system.</param>
internal sealed class StageTracker(TimeProvider? timeProvider = null) : IProgress<JobProgress>
{
    private readonly TimeProvider _timeProvider = timeProvider ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, StageProgress> _stages = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public void Report(JobProgress value)
    {
        var now = _timeProvider.GetTimestamp();
        lock (_lock)
        {
            var began = _stages.TryGetValue(value.Stage, out var known) ? known : new StageProgress(value, now, value.Done, Rate: null);
            var seconds = _timeProvider.GetElapsedTime(began.Since, now).TotalSeconds;

            // What the first report had done already was done before its time began.
            _stages[value.Stage] = began with { Progress = value, Rate = seconds > 0 ? (value.Done - began.First) / seconds : null };
        }
    }

    /// <summary>Gets the current stages.</summary>
    /// <returns>The stages, in the order of their beginning.</returns>
    public IReadOnlyList<StageProgress> Snapshot()
    {
        lock (_lock)
        {
            return [.. _stages.Values];
        }
    }
}
