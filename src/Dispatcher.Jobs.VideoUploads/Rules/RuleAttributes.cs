using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Dispatcher.Jobs.VideoUploads.Rules;

/// <summary>
/// The attributes of a session that rules look at. Two of them are equal if none of these attributes has changed.
/// </summary>
internal sealed class RuleAttributes(IReadOnlyDictionary<string, AttributeValue> values) : IEquatable<RuleAttributes>
{
    public static RuleAttributes None { get; } = new(new Dictionary<string, AttributeValue>());

    /// <summary>Gets the attributes as text, for the audit trail: <c>userId=u1</c>.</summary>
    public string Seen => string.Concat(values.OrderBy(static pair => pair.Key, StringComparer.Ordinal)
        .Select(static pair => $" {pair.Key}={TextOf(pair.Value) ?? "(not text, a number or a boolean)"}"));

    public static RuleAttributes Read(Dictionary<string, AttributeValue> item, IEnumerable<string> names)
    {
        var found = names.Where(item.ContainsKey).ToDictionary(static name => name, name => item[name], StringComparer.Ordinal);
        return found.Count == 0 ? None : new RuleAttributes(found);
    }

    /// <summary>Returns an attribute, or <see langword="null"/> if the session does not have it.</summary>
    public AttributeValue? Find(string name) => values.GetValueOrDefault(name);

    /// <summary>Returns the text of a string, a number or a boolean, and <see langword="null"/> for any other type.</summary>
    public static string? TextOf(AttributeValue value) =>
        value.S ?? value.N ?? (value.BOOL is { } flag ? flag ? "true" : "false" : null);

    /// <summary>Returns the number of an attribute of type N, and <see langword="null"/> for any other type.</summary>
    public static decimal? NumberOf(AttributeValue value) =>
        value.N is { } text && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool Equals(RuleAttributes? other) => other is not null && Seen == other.Seen;

    public override bool Equals(object? obj) => Equals(obj as RuleAttributes);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Seen);
}
