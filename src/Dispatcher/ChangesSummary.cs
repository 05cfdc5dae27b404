using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using Dispatcher.Text;

namespace Dispatcher;

/// <summary>The totals of a run's proposed changes and of their outcomes.</summary>
/// <param name="Proposed">How many changes were proposed. A retry keeps only those that were made or may have been.</param>
/// <param name="Applied">How many were made. 0 in a dry run.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Bytes">How many bytes were freed or, in a dry run, would be.</param>
/// <param name="Items">The first changes that were made or, in a dry run, planned; at most <see cref="ChangesSummary.MaxItems"/>.</param>
/// <param name="ItemsTruncated">Whether there were more than <paramref name="Items"/> holds.</param>
public sealed record ChangesSummary(
    long Proposed,
    long Applied,
    long Failed,
    long Bytes,
    IReadOnlyList<ChangeItem> Items,
    bool ItemsTruncated)
{
    /// <summary>The most changes that a record lists: hosts limit the size of an answer.</summary>
    public const int MaxItems = 100;

    /// <summary>
    /// Gets how many changes may have been made or not: their answer was lost, or the run ended while they were under way.
    /// </summary>
    /// <value>The default value is 0.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Interrupted { get; init; }

    /// <summary>Gets how many of the bytes were freed in each storage class, as far as it is known.</summary>
    /// <value>The default value is <see langword="null"/>: no bytes were freed in a known class.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, long>? BytesByClass { get; init; }

    /// <summary>Gets the interrupted changes in words: <c>1 change interrupted (may have been made)</c>.</summary>
    /// <value><see langword="null"/> if there are none.</value>
    [JsonIgnore]
    public string? InterruptedText =>
        Interrupted > 0 ? $"{Quantity.Count(Interrupted, "change")} interrupted (may have been made)" : null;

    /// <summary>Gets how often each action was done or, in a dry run, planned. For hosts in this process; not on the wire.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, long> ByAction { get; init; } = ReadOnlyDictionary<string, long>.Empty;
}
