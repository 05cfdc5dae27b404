using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace Dispatcher;

/// <summary>The totals of a run's proposed changes and of their outcomes.</summary>
/// <param name="Proposed">How many changes were proposed. A retry keeps only those that were made.</param>
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

    /// <summary>Gets how many of the bytes were freed in each storage class, as far as it is known.</summary>
    /// <value>The default value is <see langword="null"/>: no bytes were freed in a known class.</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, long>? BytesByClass { get; init; }

    /// <summary>Gets how often each action was done or, in a dry run, planned. For hosts in this process; not on the wire.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, long> ByAction { get; init; } = ReadOnlyDictionary<string, long>.Empty;
}
