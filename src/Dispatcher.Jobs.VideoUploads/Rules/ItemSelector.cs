namespace Dispatcher.Jobs.VideoUploads.Rules;

/// <summary>
/// The selection of the items that a run may change: those that <c>include</c> certainly matches and <c>exclude</c> certainly does not.
/// </summary>
internal sealed class ItemSelector(IEnumerable<SelectionRule> include, IEnumerable<SelectionRule> exclude)
{
    private readonly CompiledRule[] _include = [.. include.Select(static rule => new CompiledRule(rule))];
    private readonly CompiledRule[] _exclude = [.. exclude.Select(static rule => new CompiledRule(rule))];

    /// <summary>Gets a value indicating whether a rule asks for the size of objects.</summary>
    public bool UsesSize => Rules.Any(static rule => rule.UsesSize);

    /// <summary>Gets the attributes of sessions that rules ask for.</summary>
    public IReadOnlyList<string> Attributes =>
        [.. Rules.SelectMany(static rule => rule.Attributes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private IEnumerable<CompiledRule> Rules => _include.Concat(_exclude);

    /// <summary>Determines whether an item is selected.</summary>
    public bool Selects(ItemFacts item) =>
        (_include.Length == 0 || _include.Any(rule => rule.Evaluate(item) == RuleMatch.Yes))
        && _exclude.All(rule => rule.Evaluate(item) == RuleMatch.No);

    /// <summary>Determines whether an item could be selected, depending on a size that was not read yet.</summary>
    public bool MaySelect(ItemFacts item) =>
        (_include.Length == 0 || _include.Any(rule => rule.Evaluate(item, RuleMatch.Yes) == RuleMatch.Yes))
        && _exclude.All(rule => rule.Evaluate(item, RuleMatch.No) == RuleMatch.No);
}
