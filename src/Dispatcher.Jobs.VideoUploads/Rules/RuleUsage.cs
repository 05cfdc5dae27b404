namespace Dispatcher.Jobs.VideoUploads.Rules;

/// <summary>What the rules of one parameter have matched during a run. A rule that matched nothing may be misspelled.</summary>
/// <param name="parameter">The name of the parameter.</param>
/// <param name="rules">Its rules.</param>
internal sealed class RuleUsage(string parameter, IReadOnlyList<SelectionRule> rules)
{
    private readonly CompiledRule[] _rules = [.. rules.Select(static rule => new CompiledRule(rule))];
    private readonly bool[] _matched = new bool[rules.Count];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Notes which rules match an item, whether or not it is due.</summary>
    public void Examine(ItemFacts item)
    {
        lock (_lock)
        {
            ExamineAlone(item);
        }
    }

    /// <summary>Describes the rules that have matched nothing.</summary>
    public IEnumerable<string> DescribeUnmatched()
    {
        for (var index = 0; index < _rules.Length; index++)
        {
            if (_matched[index])
            {
                continue;
            }

            var missing = _rules[index].Attributes.FirstOrDefault(name => !_seen.Contains(name));
            yield return $"rule {index + 1} of {parameter}, {RuleReach.Describe(rules[index])}"
                + (missing is null ? string.Empty : $" (no session has the attribute '{missing}')");
        }
    }

    private void ExamineAlone(ItemFacts item)
    {
        for (var index = 0; index < _rules.Length; index++)
        {
            if (_matched[index])
            {
                continue;
            }

            var rule = _rules[index];
            foreach (var name in rule.Attributes.Where(name => item.Attributes?.Find(name) is not null))
            {
                _seen.Add(name);
            }

            _matched[index] = Matches(rule, item);
        }
    }

    /// <summary>The size of a session's object is not read for this; the listing of the bucket has that of each object.</summary>
    private static bool Matches(CompiledRule rule, ItemFacts item) =>
        item.Attributes is null ? rule.Evaluate(item) == RuleMatch.Yes
        : item.Bytes is not null ? rule.Evaluate(item) != RuleMatch.No
        : (!rule.UsesSize || rule.Attributes.Any()) && rule.Evaluate(item, RuleMatch.Yes) != RuleMatch.No;
}
