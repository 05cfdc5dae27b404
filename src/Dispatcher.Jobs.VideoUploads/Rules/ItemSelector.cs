using System.Globalization;

namespace Dispatcher.Jobs.VideoUploads.Rules;

/// <summary>
/// The selection of the items that a run may change: those that <c>include</c> certainly matches and <c>exclude</c> certainly does not.
/// </summary>
internal sealed class ItemSelector(IReadOnlyList<SelectionRule> include, IReadOnlyList<SelectionRule> exclude)
{
    private readonly CompiledRule[] _include = [.. include.Select(static rule => new CompiledRule(rule))];
    private readonly CompiledRule[] _exclude = [.. exclude.Select(static rule => new CompiledRule(rule))];
    private readonly RuleUsage[] _usage = [new("include", include), new("exclude", exclude)];
    private long _examined;

    /// <summary>Gets a value indicating whether a rule asks for the size of objects.</summary>
    public bool UsesSize => Rules.Any(static rule => rule.UsesSize);

    /// <summary>Gets the attributes of sessions that rules ask for.</summary>
    public IReadOnlyList<string> Attributes =>
        [.. Rules.SelectMany(static rule => rule.Attributes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private IEnumerable<CompiledRule> Rules => _include.Concat(_exclude);

    /// <summary>Notes which rules match an item that the run comes across, whether or not it is due.</summary>
    public void Examine(ItemFacts item)
    {
        Interlocked.Increment(ref _examined);
        ExamineAgain(item);
    }

    /// <summary>Notes which rules match an item of which more is known than before.</summary>
    public void ExamineAgain(ItemFacts item) => Array.ForEach(_usage, usage => usage.Examine(item));

    /// <summary>Describes the rules that have matched none of the items.</summary>
    /// <returns>A sentence; <see langword="null"/> if each has matched one, or there was none.</returns>
    public string? DescribeUnmatched()
    {
        const int most = 3;
        string[] unmatched = _examined == 0 ? [] : [.. _usage.SelectMany(static usage => usage.DescribeUnmatched())];
        return unmatched.Length == 0
            ? null
            : $"Check the rules that matched none of the {_examined.ToString("N0", CultureInfo.InvariantCulture)} items that were looked "
                + $"at: {string.Join("; ", unmatched.Take(most))}"
                + (unmatched.Length > most ? $"; and {unmatched.Length - most} more." : ".");
    }

    /// <summary>Determines whether an item is selected.</summary>
    public bool Selects(ItemFacts item) =>
        (_include.Length == 0 || _include.Any(rule => rule.Evaluate(item) == RuleMatch.Yes))
        && _exclude.All(rule => rule.Evaluate(item) == RuleMatch.No);

    /// <summary>Determines whether an item could be selected, depending on a size that was not read yet.</summary>
    public bool MaySelect(ItemFacts item) =>
        (_include.Length == 0 || _include.Any(rule => rule.Evaluate(item, RuleMatch.Yes) == RuleMatch.Yes))
        && _exclude.All(rule => rule.Evaluate(item, RuleMatch.No) == RuleMatch.No);
}
