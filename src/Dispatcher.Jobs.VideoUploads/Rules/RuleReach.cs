using System.Text.Json;

namespace Dispatcher.Jobs.VideoUploads.Rules;

/// <summary>The validation of what rules can reach: those that can never match, and those that leave nothing to change.</summary>
/// <param name="beginning">The text that each key begins with.</param>
/// <param name="keyPrefix">The prefix of the run.</param>
/// <param name="included">The rules of <c>include</c>.</param>
internal sealed class RuleReach(string beginning, string keyPrefix, IReadOnlyList<SelectionRule> included)
{
    /// <summary>Finds the rules that are certainly a mistake.</summary>
    /// <param name="parameter">The name of the parameter.</param>
    /// <param name="rules">Its rules, each valid by itself.</param>
    /// <returns>Sentences.</returns>
    public IEnumerable<string> FindDefects(string parameter, IReadOnlyList<SelectionRule> rules)
    {
        foreach (var (index, rule) in rules.Index())
        {
            if (rule.KeyPrefix is { } prefix && !Overlap(prefix, beginning))
            {
                yield return $"Parameter '{parameter}', rule {index + 1} has the keyPrefix '{prefix}', which no upload's key begins with: "
                    + $"by keyPattern, each begins with '{beginning}'. {Advise(prefix)}";
            }
        }

        if (parameter == "exclude" && rules.Count > 0)
        {
            SelectionRule[] include = included.Count > 0 ? [.. included] : [new SelectionRule()];
            if (Array.TrueForAll(include, one => rules.Any(rule => Covers(rule, one))))
            {
                yield return included.Count > 0
                    ? $"Parameter 'exclude' ({Describe(rules)}) covers all of 'include' ({Describe(included)}), so that nothing "
                        + "could ever be changed. Narrow the rules of exclude."
                    : $"Parameter 'exclude' ({Describe(rules)}) covers every upload under '{keyPrefix}', so that nothing could "
                        + "ever be changed. Narrow its rules, or do not run the job.";
            }
        }
    }

    /// <summary>Formats rules for a message.</summary>
    public static string Describe(IEnumerable<SelectionRule> rules) => string.Join(", ", rules.Select(Describe));

    /// <summary>Formats a rule for a message.</summary>
    public static string Describe(SelectionRule rule)
    {
        const int most = 120;
        var text = JsonSerializer.Serialize(rule, RuleJsonContext.Default.SelectionRule);
        return text.Length <= most ? text : $"{text[..most]}…";
    }

    private static bool Overlap(string one, string other) =>
        one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal);

    private string Advise(string prefix)
    {
        var place = prefix.IndexOf(beginning, StringComparison.Ordinal);
        return place > 0 ? $"Write '{prefix[place..]}': a key has no leading slash and no bucket in front."
            : prefix.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)
                ? $"keyPrefix is case-sensitive: write '{beginning}{prefix[beginning.Length..]}'."
            : prefix.StartsWith('/') ? $"A key has no leading slash: write '{prefix.TrimStart('/')}'."
            : "Write the beginning of a key as S3 lists it.";
    }

    /// <summary>Determines whether a rule of <c>exclude</c> matches whatever a rule of <c>include</c> matches.</summary>
    private bool Covers(SelectionRule exclude, SelectionRule include)
    {
        var keys = include.KeyPrefix is { } narrow && narrow.StartsWith(keyPrefix, StringComparison.Ordinal)
            ? narrow
            : keyPrefix;
        return (exclude.KeyPrefix is not { } prefix || keys.StartsWith(prefix, StringComparison.Ordinal))
            && !(exclude.MinBytes > (include.MinBytes ?? 0))
            && (exclude.MaxBytes is null || exclude.MaxBytes >= include.MaxBytes)
            && (exclude.Attributes ?? new Dictionary<string, JsonElement>()).All(condition =>
                include.Attributes?.TryGetValue(condition.Key, out var same) == true && Implies(same, condition.Value));
    }

    /// <summary>Determines whether what meets a condition meets another one: the same, or a value among the other's.</summary>
    private static bool Implies(JsonElement condition, JsonElement other) =>
        JsonElement.DeepEquals(condition, other)
        || (Values(condition) is { } values && Values(other) is { } others
            && values.All(value => others.Any(one => JsonElement.DeepEquals(one, value))));

    private static JsonElement[]? Values(JsonElement condition) => condition.ValueKind switch
    {
        JsonValueKind.Array => [.. condition.EnumerateArray()],
        JsonValueKind.Object => condition.TryGetProperty("equals", out var equal) && condition.EnumerateObject().Count() == 1
            ? Values(equal)
            : null,
        _ => [condition],
    };
}
