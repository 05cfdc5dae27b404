using System.Collections.ObjectModel;

namespace Dispatcher;

/// <summary>
/// The counts of a run. Thread-safe. Changes are counted by the change gate instead (<see cref="Change.Counter"/>), so that a dry run and a
/// real run count alike.
/// </summary>
public sealed class JobCounters
{
    private readonly Lock _lock = new();
    private Dictionary<string, long>? _counts;

    /// <summary>Adds to a count.</summary>
    /// <param name="name">The name in the result's <c>counts</c>, camelCase: <c>sessionsScanned</c>.</param>
    /// <param name="amount">The amount. 0 makes the count appear.</param>
    public void Add(string name, long amount = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (_lock)
        {
            _counts ??= new(StringComparer.Ordinal);
            _counts[name] = _counts.GetValueOrDefault(name) + amount;
        }
    }

    /// <summary>Sets a count.</summary>
    /// <param name="name">The name in the result's <c>counts</c>, camelCase.</param>
    /// <param name="value">The count.</param>
    public void Set(string name, long value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (_lock)
        {
            (_counts ??= new(StringComparer.Ordinal))[name] = value;
        }
    }

    /// <summary>Gets the current counts.</summary>
    /// <returns>The counts by name.</returns>
    public IReadOnlyDictionary<string, long> Snapshot()
    {
        lock (_lock)
        {
            return _counts is { Count: > 0 }
                ? new Dictionary<string, long>(_counts, StringComparer.Ordinal)
                : ReadOnlyDictionary<string, long>.Empty;
        }
    }

    internal void Clear()
    {
        lock (_lock)
        {
            _counts?.Clear();
        }
    }
}
