namespace Dispatcher.Jobs.VideoUploads;

/// <summary>The changes of a batch, of which each check settles some before the others are made.</summary>
internal sealed class PendingChanges<T>(CleanupContext run, IEnumerable<T> items)
{
    private readonly List<PendingChange> _changes = [.. items.Select(static item => new PendingChange(item))];

    /// <summary>Gets the outcomes in the order of the items, once all are settled.</summary>
    public IReadOnlyList<ChangeOutcome> Outcomes => [.. _changes.Select(static change => change.Outcome!.Value)];

    /// <summary>Gets the items without an outcome.</summary>
    public IReadOnlyList<T> Items => [.. Unsettled.Select(static change => change.Item)];

    private List<PendingChange> Unsettled => _changes.FindAll(static change => change.Outcome is null);

    /// <summary>Settles every item for which a check returns an outcome.</summary>
    public void Check(Func<T, ChangeOutcome?> check) => Unsettled.ForEach(change => change.Outcome = check(change.Item));

    /// <summary>Settles every item for which a check returns an outcome or fails. Checks run concurrently.</summary>
    public Task CheckAsync(Func<T, Task<ChangeOutcome?>> check, CancellationToken cancellationToken) =>
        SettleAsync(check, isChange: false, cancellationToken);

    /// <summary>Makes the changes that are not settled, one call each. Calls run concurrently.</summary>
    public Task ApplyAsync(Func<T, Task<ChangeOutcome>> apply, CancellationToken cancellationToken) =>
        SettleAsync(async item => await apply(item), isChange: true, cancellationToken);

    private async Task SettleAsync(Func<T, Task<ChangeOutcome?>> work, bool isChange, CancellationToken cancellationToken) =>
        await run.Calls.ForEachAsync(
            Unsettled,
            async change =>
            {
                try
                {
                    return change.Outcome = await work(change.Item);
                }
                catch (Exception exception) when (run.IsItemFailure(exception, cancellationToken))
                {
                    var failure = run.Context.Classify(exception);
                    return change.Outcome = isChange && failure.OutcomeUnknown
                        ? ChangeOutcome.Unknown(failure.Message)
                        : ChangeOutcome.Failed(failure.Message);
                }
            },
            cancellationToken);

    private sealed class PendingChange(T item)
    {
        public T Item => item;

        public ChangeOutcome? Outcome { get; set; }
    }
}
