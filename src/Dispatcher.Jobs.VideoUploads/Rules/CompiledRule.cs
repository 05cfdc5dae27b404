namespace Dispatcher.Jobs.VideoUploads.Rules;

/// <summary>A rule that is ready to be evaluated.</summary>
internal sealed class CompiledRule(SelectionRule rule)
{
    private readonly (string Name, AttributeCondition Condition)[] _attributes =
        [.. (rule.Attributes ?? new Dictionary<string, System.Text.Json.JsonElement>())
            .Select(static pair => (pair.Key, AttributeCondition.Read(pair.Value)))];

    public bool UsesSize => rule.MinBytes is not null || rule.MaxBytes is not null;

    public IEnumerable<string> Attributes => _attributes.Select(static attribute => attribute.Name);

    /// <summary>Evaluates the rule.</summary>
    /// <param name="item">What is known of the item.</param>
    /// <param name="size">What to assume of the condition on the size; <see langword="null"/> evaluates it.</param>
    public RuleMatch Evaluate(ItemFacts item, RuleMatch? size = null)
    {
        var match = rule.KeyPrefix is { } prefix && !item.Key.StartsWith(prefix, StringComparison.Ordinal) ? RuleMatch.No : RuleMatch.Yes;
        if (UsesSize)
        {
            match = Least(match, size ?? EvaluateSize(item.Bytes));
        }

        foreach (var (name, condition) in _attributes)
        {
            match = Least(match, item.Attributes is { } session ? condition.Evaluate(session.Find(name)) : RuleMatch.Unknown);
        }

        return match;
    }

    private static RuleMatch Least(RuleMatch left, RuleMatch right) => left < right ? left : right;

    private RuleMatch EvaluateSize(long? bytes) =>
        bytes is not { } size ? RuleMatch.Unknown
        : size >= (rule.MinBytes ?? 0) && size <= (rule.MaxBytes ?? long.MaxValue) ? RuleMatch.Yes
        : RuleMatch.No;
}
