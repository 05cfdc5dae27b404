using System.Globalization;
using System.Text.Json.Serialization;

namespace Dispatcher;

/// <summary>The part of a job's work that one run does: one of several shards, or all of it.</summary>
/// <param name="Index">The number of the shard, from 0.</param>
/// <param name="Count">The number of shards that the work is divided into; 1 for all of it.</param>
public readonly record struct JobShard(int Index, int Count)
{
    /// <summary>The most shards of one slot.</summary>
    public const int MaxCount = 64;

    /// <summary>Gets the shard that is the whole work.</summary>
    public static JobShard Whole { get; } = new(0, 1);

    /// <summary>Gets a value indicating whether this is the whole work.</summary>
    [JsonIgnore]
    public bool IsWhole => Count <= 1;

    /// <summary>Determines whether something belongs to this shard: exactly one of the shards owns each hash.</summary>
    /// <param name="hash">A hash of the thing that is the same in every process; that of <see cref="string.GetHashCode()"/> is not.</param>
    /// <returns>Whether this shard owns it.</returns>
    public bool Owns(ulong hash) => IsWhole || hash % (ulong)Count == (ulong)Index;

    /// <summary>Describes the shard for a person.</summary>
    /// <returns><c>shard 0 of 4</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"shard {Index} of {Count}");
}
