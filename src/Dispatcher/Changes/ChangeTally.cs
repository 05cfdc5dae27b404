namespace Dispatcher.Changes;

/// <summary>
/// What limits are compared with. Sums of <see cref="long"/> cannot overflow a <see cref="decimal"/>; methods that use Int128 are in no
/// ReadyToRun image.
/// </summary>
/// <param name="Changes">The number of changes.</param>
/// <param name="Items">The number of items that they change; a change that follows up another one of its item does not count.</param>
/// <param name="Bytes">The bytes that they free.</param>
internal readonly record struct ChangeTally(decimal Changes, decimal Items, decimal Bytes)
{
    public static ChangeTally Of(Change change) => new(1, change.IsFollowUp ? 0 : 1, Math.Max(change.Bytes, 0));

    public static ChangeTally Of(IReadOnlyList<Change> changes)
    {
        var sum = default(ChangeTally);
        foreach (var change in changes)
        {
            sum += Of(change);
        }

        return sum;
    }

    public static ChangeTally operator +(ChangeTally left, ChangeTally right) =>
        new(left.Changes + right.Changes, left.Items + right.Items, left.Bytes + right.Bytes);

    public static ChangeTally operator -(ChangeTally left, ChangeTally right) =>
        new(left.Changes - right.Changes, left.Items - right.Items, left.Bytes - right.Bytes);
}
