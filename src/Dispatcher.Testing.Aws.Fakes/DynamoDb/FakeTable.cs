using System.Collections.Immutable;
using Dispatcher.Testing.Aws.Fakes.Calls;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>
/// A table. A test writes into it directly; such writes are not in the log of changes. Nothing is ever removed because of its time to live.
/// </summary>
public sealed class FakeTable
{
    private readonly FakeWorld _world;
    private readonly List<(DateTimeOffset Until, ImmutableSortedDictionary<FakeKey, FakeItem> Items)> _past = [];
    private ImmutableSortedDictionary<FakeKey, FakeItem> _items = ImmutableSortedDictionary<FakeKey, FakeItem>.Empty;

    internal FakeTable(FakeWorld world, string name, KeySchema key)
    {
        _world = world;
        Name = name;
        Key = key;
    }

    /// <summary>Gets its name.</summary>
    public string Name { get; }

    /// <summary>Gets the name of the attribute that is its hash key.</summary>
    public string HashKey => Key.Hash;

    /// <summary>Gets the name of the attribute that is its sort key, if it has one.</summary>
    public string? SortKey => Key.Range;

    /// <summary>Gets or sets the attribute that holds the items' end of life.</summary>
    public string? TimeToLiveAttribute { get; set; }

    /// <summary>
    /// Gets or sets how far eventually consistent reads lag behind, on the services' clock: they find the items as they were then.
    /// </summary>
    public TimeSpan ReadLag { get; set; }

    /// <summary>Gets or sets how far the global secondary indexes lag behind, on the services' clock.</summary>
    public TimeSpan IndexLag { get; set; }

    /// <summary>Gets its items, in the order in which Scan tells them.</summary>
    public IReadOnlyList<FakeItem> Items => _world.Locked(() => (IReadOnlyList<FakeItem>)[.. _items.Values]);

    internal KeySchema Key { get; }

    internal Dictionary<string, FakeIndex> Indexes { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets the items as they are now.</summary>
    internal ImmutableSortedDictionary<FakeKey, FakeItem> Current
    {
        get => _items;
        set
        {
            var now = _world.Clock.GetUtcNow();
            var longest = ReadLag > IndexLag ? ReadLag : IndexLag;
            _past.RemoveAll(past => past.Until < now - longest);
            _past.Add((now, _items));
            _items = value;
        }
    }

    /// <summary>Adds a global secondary index, which holds all attributes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="hashKey">The name of its hash key, a string.</param>
    /// <param name="sortKey">The name of its sort key, a string.</param>
    /// <returns>The table.</returns>
    public FakeTable AddIndex(string name, string hashKey, string? sortKey = null)
    {
        Indexes.Add(name, new FakeIndex(name, new KeySchema(hashKey, sortKey), null));
        return this;
    }

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
                int number => FakeValue.OfNumber(number),
                _ => throw new NotSupportedException($"{name} is a {value.GetType().Name}. Give a string or a whole number."),
            });
        }

        var key = Key.Find(item) ?? throw new ArgumentException($"The key of {Name} is missing: {string.Join(", ", Key.Names)}.");
        _world.Locked(() => Current = Current.SetItem(key, item));
    }

    /// <summary>Removes an item, as its end of life does.</summary>
    /// <param name="hashKey">Its hash key.</param>
    /// <param name="sortKey">Its sort key.</param>
    public void Remove(string hashKey, string? sortKey = null) =>
        _world.Locked(() => Current = Current.Remove(FakeKey.Of(hashKey, sortKey)));

    /// <summary>Finds an item.</summary>
    /// <param name="hashKey">Its hash key.</param>
    /// <param name="sortKey">Its sort key.</param>
    /// <returns>The item, or <see langword="null"/> if there is none.</returns>
    public FakeItem? Find(string hashKey, string? sortKey = null) =>
        _world.Locked(() => _items.GetValueOrDefault(FakeKey.Of(hashKey, sortKey)));

    /// <summary>Gets the items that a read finds.</summary>
    internal ImmutableSortedDictionary<FakeKey, FakeItem> ItemsFor(bool isConsistent, bool isIndex = false)
    {
        var lag = isConsistent ? TimeSpan.Zero : isIndex ? IndexLag : ReadLag;
        if (lag == TimeSpan.Zero)
        {
            return _items;
        }

        var then = _world.Clock.GetUtcNow() - lag;
        return _past.Find(past => past.Until > then).Items ?? _items;
    }
}
