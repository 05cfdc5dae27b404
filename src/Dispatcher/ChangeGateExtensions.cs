namespace Dispatcher;

/// <summary>Extensions of the change gate for changes that belong to items.</summary>
public static class ChangeGateExtensions
{
    /// <summary>
    /// Makes one change per item with one call that can fail per item. An exception becomes an item error of each. The call gets the items
    /// whose changes may be made: a run that applies a plan leaves the others out.
    /// </summary>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <param name="gate">The change gate.</param>
    /// <param name="items">The items.</param>
    /// <param name="describe">Describes the change of an item.</param>
    /// <param name="apply">
    /// The function that makes the changes of the items it is given, and of no others, and returns one outcome per item, in the same order.
    /// It is not called in a dry run.
    /// </param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>One outcome per item, in the same order.</returns>
    public static Task<IReadOnlyList<ChangeOutcome>> TryApplyEachAsync<TItem>(
        this IChangeGate gate,
        IReadOnlyList<TItem> items,
        Func<TItem, Change> describe,
        Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<ChangeOutcome>>> apply,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(describe);
        ArgumentNullException.ThrowIfNull(apply);

        Change[] changes = [.. items.Select(describe)];
        return gate.TryApplyEachAsync(changes, (admitted, token) => apply(Select(items, changes, admitted), token), cancellationToken);
    }

    /// <summary>
    /// Makes one change per item with one call that reports the outcome of each. An exception is recorded for all and rethrown. The call
    /// gets the items whose changes may be made: a run that applies a plan leaves the others out.
    /// </summary>
    /// <typeparam name="TItem">The type of the items.</typeparam>
    /// <param name="gate">The change gate.</param>
    /// <param name="items">The items.</param>
    /// <param name="describe">Describes the change of an item.</param>
    /// <param name="apply">
    /// The function that makes the changes of the items it is given, and of no others, and returns one outcome per item, in the same order.
    /// It is not called in a dry run.
    /// </param>
    /// <param name="cancellationToken">Fires when the run has to stop.</param>
    /// <returns>One outcome per item, in the same order.</returns>
    public static Task<IReadOnlyList<ChangeOutcome>> ApplyEachAsync<TItem>(
        this IChangeGate gate,
        IReadOnlyList<TItem> items,
        Func<TItem, Change> describe,
        Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<ChangeOutcome>>> apply,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(describe);
        ArgumentNullException.ThrowIfNull(apply);

        Change[] changes = [.. items.Select(describe)];
        return gate.ApplyEachAsync(changes, (admitted, token) => apply(Select(items, changes, admitted), token), cancellationToken);
    }

    /// <summary>Selects the items of changes. The gate keeps the order and the objects.</summary>
    private static IReadOnlyList<TItem> Select<TItem>(
        IReadOnlyList<TItem> items, Change[] changes, IReadOnlyList<Change> admitted)
    {
        if (admitted.Count == changes.Length)
        {
            return items;
        }

        var selected = new List<TItem>(admitted.Count);
        for (var index = 0; index < changes.Length && selected.Count < admitted.Count; index++)
        {
            if (ReferenceEquals(changes[index], admitted[selected.Count]))
            {
                selected.Add(items[index]);
            }
        }

        return selected;
    }
}
