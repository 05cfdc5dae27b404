using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatcher.Jobs.VideoUploads.Rules;

/// <summary>A rule of <c>include</c> or <c>exclude</c>. It matches an item if each of its fields does.</summary>
public sealed record SelectionRule
{
    /// <summary>
    /// Gets the conditions on attributes of the session, by the name of the attribute: a value, a list of values, or an object of operators
    /// such as <c>{"prefix":"video/"}</c>.
    /// </summary>
    /// <value>The default value is <see langword="null"/>: no condition.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, JsonElement>? Attributes { get; init; }

    /// <summary>Gets the beginning of the keys that the rule matches.</summary>
    /// <value>The default value is <see langword="null"/>: every key.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? KeyPrefix { get; init; }

    /// <summary>Gets the least size of the object, in bytes.</summary>
    /// <value>The default value is <see langword="null"/>: no least size.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? MinBytes { get; init; }

    /// <summary>Gets the greatest size of the object, in bytes.</summary>
    /// <value>The default value is <see langword="null"/>: no greatest size.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? MaxBytes { get; init; }

    /// <summary>Gets the fields that are unknown. A rule that has any is refused.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
