using System.Text.Json.Nodes;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>An item of a table: attributes by name.</summary>
public sealed class FakeItem
{
    private readonly SortedDictionary<string, FakeValue> _attributes = new(StringComparer.Ordinal);

    internal FakeItem()
    {
    }

    private FakeItem(FakeItem other) => _attributes = new SortedDictionary<string, FakeValue>(other._attributes, StringComparer.Ordinal);

    /// <summary>Gets the names of its attributes.</summary>
    public IReadOnlyCollection<string> Names => _attributes.Keys;

    /// <summary>Gets the text of a string or a number; <see langword="null"/> if the item has no such attribute.</summary>
    /// <param name="name">The attribute's name.</param>
    public string? this[string name] => _attributes.GetValueOrDefault(name)?.Text;

    /// <inheritdoc />
    public override string ToString() => string.Join(' ', _attributes.Select(static pair => $"{pair.Key}={pair.Value.Text}"));

    internal static FakeItem Read(JsonObject json)
    {
        var item = new FakeItem();
        foreach (var (name, value) in json)
        {
            item._attributes[name] = FakeValue.Read(value!);
        }

        return item;
    }

    internal FakeValue? Find(string name) => _attributes.GetValueOrDefault(name);

    internal FakeItem With(string name, FakeValue? value)
    {
        var changed = new FakeItem(this);
        if (value is null)
        {
            changed._attributes.Remove(name);
        }
        else
        {
            changed._attributes[name] = value;
        }

        return changed;
    }

    internal FakeItem Project(IReadOnlyCollection<string>? names)
    {
        var projected = new FakeItem();
        foreach (var (name, value) in _attributes.Where(pair => names?.Contains(pair.Key) ?? true))
        {
            projected._attributes[name] = value;
        }

        return projected;
    }

    internal JsonObject ToJson() => [.. _attributes.Select(static pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.ToJson()))];

    internal bool IsSameAs(FakeItem? other) =>
        other is not null && _attributes.Count == other._attributes.Count
        && _attributes.All(pair => other.Find(pair.Key) is { } value && pair.Value.IsEqualTo(value));
}
