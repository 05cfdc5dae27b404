using System.Text.Json.Nodes;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>The key of an item, ordered as a table tells its items: by hash key, then by sort key.</summary>
internal sealed record FakeKey(FakeValue Hash, FakeValue? Range) : IComparable<FakeKey>
{
    public static FakeKey Of(string hash, string? range = null) =>
        new(FakeValue.String(hash), range is null ? null : FakeValue.String(range));

    public int CompareTo(FakeKey? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byHash = Hash.CompareTo(other.Hash) ?? string.CompareOrdinal(Hash.Type, other.Hash.Type);
        return byHash != 0 || Range is null || other.Range is null
            ? byHash
            : Range.CompareTo(other.Range) ?? string.CompareOrdinal(Range.Type, other.Range.Type);
    }

    public bool Equals(FakeKey? other) => CompareTo(other) == 0;

    public override int GetHashCode() => Hash.Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Range is null ? Hash.Text : $"{Hash.Text}/{Range.Text}";

    public JsonObject ToJson(KeySchema schema)
    {
        var json = new JsonObject { [schema.Hash] = Hash.ToJson() };
        if (Range is not null)
        {
            json[schema.Range!] = Range.ToJson();
        }

        return json;
    }
}
