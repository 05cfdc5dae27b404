using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatcher.Tests.Parameters;

/// <summary>Parameters with lists, maps and objects inside each other.</summary>
internal sealed record NestedParameters : IValidatableObject
{
    [RegularExpression("^[a-z]+$", ErrorMessage = "it must be lower-case letters.")]
    public required string Table { get; init; }

    public IReadOnlyList<string>? Words { get; set; }

    public IReadOnlyList<Item>? Items { get; set; }

    public IReadOnlyDictionary<string, string>? Environment { get; set; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Lists { get; set; }

    public IReadOnlyList<IReadOnlyList<int>>? Matrix { get; set; }

    public IReadOnlyList<int?>? Gaps { get; set; }

    public IReadOnlyList<JsonElement>? Args { get; set; }

    public IReadOnlyDictionary<string, JsonElement>? Kwargs { get; set; }

    [Sensitive]
    public IReadOnlyDictionary<string, string>? Headers { get; set; }

    public IReadOnlyList<DayOfWeek>? Days { get; set; }

    public int Least { get; set; }

    public int Most { get; set; } = 10;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Table.StartsWith("broken", StringComparison.Ordinal) || Table.Length == 0)
        {
            yield return new ValidationResult("The table is broken.", ["table"]);
        }

        if (Least > Most)
        {
            yield return new ValidationResult("Parameter 'least' is above 'most'.");
        }

        if (Least == 7)
        {
            yield return new ValidationResult("Seven is odd.");
        }
    }

    internal sealed record Item
    {
        public required string Name { get; init; }

        public string? Note { get; set; }

        public IReadOnlyList<string> Tags { get; set; } = [];
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, Converters = [typeof(CamelCaseEnumConverter<DayOfWeek>)])]
[JsonSerializable(typeof(NestedParameters))]
internal sealed partial class NestedParametersJsonContext : JsonSerializerContext;
