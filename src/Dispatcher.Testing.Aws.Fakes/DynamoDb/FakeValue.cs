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

    /// <summary>Makes a value of a type from JSON that is valid for it.</summary>
    public static FakeValue Of(string type, JsonNode json) => new(type, json);

    public JsonObject ToJson() => new() { [Type] = _json.DeepClone() };

    /// <summary>Gets the elements of a set or a list.</summary>
    public IReadOnlyList<JsonNode> Elements => [.. _json.AsArray().Select(static element => element!.DeepClone())];

    /// <summary>Gets the size of a value, as the function size tells it.</summary>
    public int Size => Type switch
    {
        "S" => Text.Length,
        "B" => Convert.FromBase64String(Text).Length,
        "SS" or "NS" or "BS" or "L" => _json.AsArray().Count,
        "M" => _json.AsObject().Count,
        _ => throw DynamoDbError.Validation(
            $"Incorrect operand type for operator or function; operator or function: size, operand type: {Type}"),
    };

    /// <summary>Determines whether a text, a set or a list contains a value.</summary>
    public bool Contains(FakeValue part) => (Type, part.Type) switch
    {
        ("S", "S") => Text.Contains(part.Text, StringComparison.Ordinal),
        ("SS", "S") or ("NS", "N") or ("BS", "B") => _json.AsArray().Any(element => element!.GetValue<string>() == part.Text),
        ("L", _) => _json.AsArray().Any(element => Read(element!).IsEqualTo(part)),
        _ => false,
    };

    public bool IsEqualTo(FakeValue other) =>
        Type == other.Type && Type switch
    {
        "N" => Number == other.Number,
        "SS" or "NS" or "BS" => _json.AsArray().Select(static element => element!.GetValue<string>()).ToHashSet()
            .SetEquals(other._json.AsArray().Select(static element => element!.GetValue<string>())),
        _ => JsonNode.DeepEquals(_json, other._json),
    };

    /// <summary>Compares two values that have an order.</summary>
    /// <returns><see langword="null"/> if they have none, being of different types.</returns>
    public int? CompareTo(FakeValue other) => (Type, other.Type) switch
    {
        ("N", "N") => Number.CompareTo(other.Number),
        ("S", "S") or ("B", "B") => string.CompareOrdinal(Text, other.Text),
        var (own, others) when own != others => null,
        _ => throw new NotSupportedException($"Values of the type {Type} cannot be compared here. Teach the fake how."),
    };
}
