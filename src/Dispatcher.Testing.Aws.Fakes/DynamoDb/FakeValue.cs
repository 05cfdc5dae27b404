using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatcher.Testing.Aws.Fakes.DynamoDb;

/// <summary>The value of an attribute, with its type.</summary>
internal sealed class FakeValue
{
    private static readonly string[] Types = ["S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS"];

    private readonly JsonNode _json;

    private FakeValue(string type, JsonNode json)
    {
        Type = type;
        _json = json;
    }

    public string Type { get; }

    /// <summary>Gets a string's or number's text, else JSON.</summary>
    public string Text => _json.GetValueKind() == JsonValueKind.String ? _json.GetValue<string>() : _json.ToJsonString();

    public decimal Number => decimal.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture);

    public static FakeValue String(string text) => new("S", text);

    public static FakeValue OfNumber(decimal number) => new("N", number.ToString(CultureInfo.InvariantCulture));

    public static FakeValue Read(JsonNode json)
    {
        if (json is not JsonObject { Count: 1 } value || !Types.Contains(value.Single().Key))
        {
            throw DynamoDbError.Validation(
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
        }

        var (type, content) = value.Single();
        var read = new FakeValue(type, content!.DeepClone());
        return type != "N" || decimal.TryParse(read.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? read
            : throw DynamoDbError.Validation($"The parameter cannot be converted to a numeric value: {read.Text}");
    }

    public JsonObject ToJson() => new() { [Type] = _json.DeepClone() };

    public bool IsEqualTo(FakeValue other) =>
        Type == other.Type && (Type == "N" ? Number == other.Number : JsonNode.DeepEquals(_json, other._json));

    /// <summary>Compares two values that have an order.</summary>
    /// <returns><see langword="null"/> if they have none, being of different types.</returns>
    public int? CompareTo(FakeValue other) => (Type, other.Type) switch
    {
        ("N", "N") => Number.CompareTo(other.Number),
        ("S", "S") => string.CompareOrdinal(Text, other.Text),
        var (own, others) when own != others => null,
        _ => throw new NotSupportedException($"Values of the type {Type} cannot be compared here. Teach the fake how."),
    };
}
