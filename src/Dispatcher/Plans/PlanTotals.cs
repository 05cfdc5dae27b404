using System.Text.Json.Serialization;

namespace Dispatcher.Plans;

/// <summary>The last line of a plan, which shows that the plan is whole and unchanged.</summary>
public sealed record PlanTotals
{
    /// <summary>The type of the line.</summary>
    internal const string LineType = "end";

    /// <summary>Gets the type of the line.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; init; } = LineType;

    /// <summary>Gets how many changes the plan holds.</summary>
    public required long Changes { get; init; }

    /// <summary>Gets how many bytes they free.</summary>
    public required long Bytes { get; init; }

    /// <summary>Gets how many items the dry run could not examine.</summary>
    public required long ItemErrors { get; init; }

    /// <summary>Gets a value indicating whether the dry run came to its end. It may have stopped at its deadline instead.</summary>
    public required bool Complete { get; init; }

    /// <summary>
    /// Gets the SHA-256 digest of everything before it in the file, uncompressed: <c>sha256:</c> and 64 hexadecimal digits.
    /// </summary>
    [JsonPropertyOrder(1)]
    public required string Digest { get; init; }
}
