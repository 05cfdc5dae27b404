using Dispatcher.Changes;

namespace Dispatcher.Jobs.VideoUploads;

/// <summary>The changes of a batch that are still to be made, while one check after the other takes some out.</summary>
internal sealed class PendingChanges<T>(IReadOnlyList<T> items)
{
    private readonly ChangeOutcome?[] _outcomes = new ChangeOutcome?[items.Count];

    /// <summary>Gets the outcomes, in the order of the items, once each has one.</summary>
    public IReadOnlyList<ChangeOutcome> Outcomes => [.. _outcomes.Select(static outcome => outcome!.Value)];

    /// <summary>Gets the items without an outcome.</summary>
    public List<T> Items => [.. Indices.Select(index => items[index])];

    private IEnumerable<int> Indices => Enumerable.Range(0, items.Count).Where(index => _outcomes[index] is null);

    /// <summary>Takes out every item for which the check has an outcome.</summary>
    public void TakeOut(Func<T, ChangeOutcome?> check)
    {
        foreach (var index in Indices.ToList())
        {
            _outcomes[index] = check(items[index]);
        }
    }

    /// <summary>Takes out every item for which the check has an outcome, many checks at once.</summary>
    public async Task TakeOutAsync(CallLimiter calls, Func<T, Task<ChangeOutcome?>> check, CancellationToken cancellationToken) =>
        TakeOut(await calls.ForEachAsync(Items, check, cancellationToken));

    /// <summary>Takes out items by the outcomes of those that are left, in their order.</summary>
    public void TakeOut(IReadOnlyList<ChangeOutcome?> outcomes)
    {
        foreach (var (index, position) in Indices.ToList().Select(static (index, position) => (index, position)))
        {
            _outcomes[index] = outcomes[position];
        }
    }
}
