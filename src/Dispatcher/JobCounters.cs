using System.Collections.Concurrent;

namespace Dispatcher;

/// <summary>
/// Counts what a run has seen. Thread-safe. Counts of changes come from the gate instead (<see cref="Change.Counter"/>),
/// so that a dry run and a real run count alike.
/// </summary>
public sealed class JobCounters
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Adds to a count.</summary>
    /// <param name="name">The name in the result's <c>counts</c>, camelCase: <c>sessionsScanned</c>.</param>
    /// <param name="amount">How many. 0 makes the count appear.</param>
    public void Add(string name, long amount = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _counts.AddOrUpdate(name, amount, (_, count) => count + amount);
    }

    /// <summary>Sets a count.</summary>
    /// <param name="name">The name in the result's <c>counts</c>, camelCase.</param>
    /// <param name="value">The count.</param>
    public void Set(string name, long value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _counts[name] = value;
    }

    /// <summary>Takes the counts as they are now.</summary>
    /// <returns>Name and count.</returns>
    public IReadOnlyDictionary<string, long> Snapshot() => new Dictionary<string, long>(_counts, StringComparer.Ordinal);

    internal void Clear() => _counts.Clear();
}
