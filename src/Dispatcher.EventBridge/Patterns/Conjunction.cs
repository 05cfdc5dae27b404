namespace Dispatcher.EventBridge.Patterns;

/// <summary>Fields that all have to match, with the <c>$or</c> beside them.</summary>
internal sealed class Conjunction
{
    public List<FieldPattern> Fields { get; } = [];

    /// <summary>Gets the <c>$or</c>: of each, one alternative has to match.</summary>
    public List<IReadOnlyList<Conjunction>> Ors { get; } = [];

    /// <summary>Gets the number of combinations, as far as an <see langword="int"/> can count them.</summary>
    public int Count => Ors.Aggregate(
        1, static (product, or) => (int)Math.Min(int.MaxValue, product * or.Sum(static alternative => (long)alternative.Count)));

    /// <summary>Lists the fields of each combination.</summary>
    public List<IReadOnlyList<FieldPattern>> Expand()
    {
        List<IReadOnlyList<FieldPattern>> combinations = [Fields];
        foreach (var or in Ors)
        {
            List<IReadOnlyList<FieldPattern>> alternatives = [.. or.SelectMany(static alternative => alternative.Expand())];
            combinations =
            [
                .. combinations.SelectMany(
                    _ => alternatives, static IReadOnlyList<FieldPattern> (fields, more) => [.. fields, .. more]),
            ];
        }

        return combinations;
    }
}
