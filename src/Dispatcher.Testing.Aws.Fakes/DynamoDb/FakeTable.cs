namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>
/// A table with a hash key of the type string. A test writes into it directly; such writes are not in the log of changes.
/// </summary>
public sealed class FakeTable
{
    private readonly FakeAws _world;

    internal FakeTable(FakeAws world, string name, string hashKey)
    {
        _world = world;
        Name = name;
        HashKey = hashKey;
    }

    /// <summary>Gets its name.</summary>
    public string Name { get; }

    /// <summary>Gets the name of the attribute that is its key.</summary>
    public string HashKey { get; }

    /// <summary>Gets or sets the attribute that holds the items' end of life. Nothing is ever removed because of it.</summary>
    public string? TimeToLiveAttribute { get; set; }

    /// <summary>Gets its items, in the order in which Scan tells them.</summary>
    public IReadOnlyList<FakeItem> Items => _world.Locked(() => (IReadOnlyList<FakeItem>)[.. ItemsByKey.Values]);

    internal SortedDictionary<string, FakeItem> ItemsByKey { get; } = new(StringComparer.Ordinal);

    /// <summary>Writes an item. Values are strings or whole numbers.</summary>
    /// <param name="attributes">Its attributes; those without a value are left out.</param>
    public void Put(params (string Name, object? Value)[] attributes)
    {
        var item = new FakeItem();
        foreach (var (name, value) in attributes)
        {
            item = item.With(name, value switch
            {
                null => null,
                string text => FakeValue.String(text),
                long number => FakeValue.OfNumber(number),
                _ => throw new NotSupportedException($"{name} is a {value.GetType().Name}. Give a string or a long."),
            });
        }

        _world.Locked(() => ItemsByKey[item[HashKey]!] = item);
    }

    /// <summary>Removes an item, as its end of life does.</summary>
    /// <param name="key">Its key.</param>
    public void Remove(string key) => _world.Locked(() => ItemsByKey.Remove(key));

    /// <summary>Finds an item.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>The item, or <see langword="null"/> if there is none.</returns>
    public FakeItem? Find(string key) => _world.Locked(() => ItemsByKey.GetValueOrDefault(key));
}
