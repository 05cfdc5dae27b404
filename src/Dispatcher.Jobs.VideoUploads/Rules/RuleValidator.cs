namespace Dispatcher.Jobs.VideoUploads.Rules;

/// <summary>The validation of <c>include</c> and <c>exclude</c>.</summary>
internal static class RuleValidator
{
    private const int MaxRules = 50;
    private const int MaxAttributes = 20;
    private const string Fields = "attributes, keyPrefix, minBytes, maxBytes";

    /// <summary>Finds what is wrong with the rules of one parameter.</summary>
    /// <param name="parameter">The name of the parameter.</param>
    /// <param name="rules">Its rules.</param>
    /// <param name="reserved">The attributes that this job writes.</param>
    /// <returns>Sentences.</returns>
    public static IEnumerable<string> Validate(
        string parameter, IReadOnlyList<SelectionRule> rules, IReadOnlyCollection<string> reserved)
    {
        if (rules.Count > MaxRules)
        {
            yield return $"Parameter '{parameter}' has {rules.Count} rules, and {MaxRules} are allowed. "
                + "Use lists of values in fewer rules.";
            yield break;
        }

        for (var index = 0; index < rules.Count; index++)
        {
            foreach (var defect in FindDefects(rules[index], reserved))
            {
                yield return $"Parameter '{parameter}', rule {index + 1} {defect}";
            }
        }

        var attributes = rules.SelectMany(static rule => rule.Attributes?.Keys ?? []).Distinct(StringComparer.Ordinal).Count();
        if (attributes > MaxAttributes)
        {
            yield return $"Parameter '{parameter}' names {attributes} attributes, and {MaxAttributes} are allowed. Name fewer.";
        }
    }

    private static IEnumerable<string> FindSizeDefects(long? min, long? max) =>
    [
        .. min < 0 ? [$"has minBytes {min}, but a size is never negative. Write a number of bytes from 0."] : Array.Empty<string>(),
        .. max < 0 ? [$"has maxBytes {max}, but a size is never negative. Write a number of bytes from 0."] : Array.Empty<string>(),
        .. min > max && max >= 0
            ? [$"has minBytes {min} above maxBytes {max}, so that no size matches. Lower minBytes or raise maxBytes."]
            : Array.Empty<string>(),
    ];

    private static IEnumerable<string> FindDefects(SelectionRule rule, IReadOnlyCollection<string> reserved)
    {
        if (rule.Unknown is { Count: > 0 } unknown)
        {
            yield return $"has the unknown field '{unknown.Keys.First()}'. Known: {Fields}.";
            yield break;
        }

        if (rule is { Attributes: null or { Count: 0 }, KeyPrefix: null, MinBytes: null, MaxBytes: null })
        {
            yield return $"has no condition. Give it at least one of {Fields}.";
        }

        if (rule.KeyPrefix is { Length: 0 })
        {
            yield return "has an empty keyPrefix, which every key begins with. Leave it out.";
        }

        foreach (var defect in FindSizeDefects(rule.MinBytes, rule.MaxBytes))
        {
            yield return defect;
        }

        foreach (var (name, condition) in rule.Attributes ?? new Dictionary<string, System.Text.Json.JsonElement>())
        {
            if (name.Length is 0 or > 255 || reserved.Contains(name))
            {
                yield return $"names the attribute '{name}', which is empty, too long, or written by this job. "
                    + "Name an application's attribute.";
            }
            else if (AttributeCondition.FindDefect(condition) is { } defect)
            {
                yield return $"has a condition on '{name}' that is invalid: the attribute {defect}";
            }
        }
    }
}
