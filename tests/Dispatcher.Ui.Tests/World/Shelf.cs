namespace Dispatcher.Ui.Tests.World;

/// <summary>What the job of the tests cleans: items with a version, which is the evidence.</summary>
internal sealed class Shelf
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _items = new(StringComparer.Ordinal);

    public IReadOnlyList<KeyValuePair<string, int>> Items
    {
        get
        {
            lock (_lock)
            {
                return [.. _items];
            }
        }
    }

    /// <summary>Gets or sets what a removal waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public void Put(string item, int version = 1)
    {
        lock (_lock)
        {
            _items[item] = version;
        }
    }

    public async Task RemoveAsync(string item, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        lock (_lock)
        {
            _items.Remove(item);
        }
    }
}
