using System.Runtime.CompilerServices;
using Dispatcher.Text;

namespace Dispatcher.Hosting;

/// <summary>
/// The record of a run and its JSON, reduced to fit a size limit. The number of items in a record is limited already; their length is not.
/// </summary>
/// <param name="Record">The record, perhaps with less detail.</param>
/// <param name="Utf8">Its JSON.</param>
public readonly record struct SizeLimitedRecord(RunRecord Record, ReadOnlyMemory<byte> Utf8)
{
    /// <summary>The length of the summary in a record that is too long, in characters.</summary>
    internal const int MaxSummaryLength = 2_000;

    /// <summary>The length of an item's target, reason or error in a record that is too long, in characters.</summary>
    internal const int MaxTextLength = 200;

    // The log and the answer of the host have the same JSON of the same record.
    private static readonly ConditionalWeakTable<RunRecord, StrongBox<ReadOnlyMemory<byte>>> Written = [];

    /// <summary>Removes detail from a record until its JSON fits: first the length of its texts, then the number of its items.</summary>
    /// <param name="record">The record.</param>
    /// <param name="maxLength">How long the JSON may be, in bytes.</param>
    /// <returns>The record itself if it fits; otherwise a record that states what is missing.</returns>
    public static SizeLimitedRecord Fit(RunRecord record, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(record);

        var line = new SizeLimitedRecord(record, Written.GetValue(record, static record => new(Create(record).Utf8)).Value);
        if (line.Utf8.Length <= maxLength)
        {
            return line;
        }

        var kept = MostItems(record);
        do
        {
            line = Create(Shorten(record, kept));
            kept = kept == 0 ? -1 : kept / 2;
        }
        while (line.Utf8.Length > maxLength && kept >= 0);

        return line;
    }

    private static SizeLimitedRecord Create(RunRecord record) =>
        new(record, JsonLine.Create(record, RunRecordWriter.Write));

    private static int MostItems(RunRecord record) => Math.Max(
        Math.Max(record.Changes.Items.Count, record.Errors.Count), record.Original is { } original ? MostItems(original) : 0);

    private static RunRecord Shorten(RunRecord record, int kept) => record with
    {
        Summary = PrintableText.Truncate(record.Summary, MaxSummaryLength),
        Changes = Shorten(record.Changes, kept),
        Errors = Shorten(record.Errors, kept),
        Plan = record.Plan is { } plan
            ? plan with
            {
                Changed = Shorten(plan.Changed, kept), NotInPlan = Shorten(plan.NotInPlan, kept), Missing = Shorten(plan.Missing, kept),
            }
            : null,
        Original = record.Original is { } original ? Shorten(original, kept) : null,
    };

    private static IReadOnlyList<ChangeItem>? Shorten(IReadOnlyList<ChangeItem>? items, int kept) =>
        items is null ? null : [.. items.Take(kept).Select(Shorten)];

    private static ChangesSummary Shorten(ChangesSummary changes, int kept)
    {
        ChangeItem[] items = [.. changes.Items.Take(kept).Select(Shorten)];
        return changes with { Items = items, ItemsTruncated = changes.ItemsTruncated || !items.SequenceEqual(changes.Items) };
    }

    private static ChangeItem Shorten(ChangeItem item) =>
        new(Shorten(item.Action), Shorten(item.Target), item.Reason is { } reason ? Shorten(reason) : null);

    /// <summary>Keeps the first errors and adds how many are missing: unlike the changes, errors have no flag for it.</summary>
    private static IReadOnlyList<ItemError> Shorten(IReadOnlyList<ItemError> errors, int kept)
    {
        var shortened = errors.Take(kept).Select(error => new ItemError(Shorten(error.Item), Shorten(error.Error)));
        return errors.Count <= kept
            ? [.. shortened]
            : [.. shortened, new ItemError("…", $"{errors.Count - kept} more errors are left out here to keep the record short.")];
    }

    private static string Shorten(string text) => PrintableText.Truncate(text, MaxTextLength);
}
