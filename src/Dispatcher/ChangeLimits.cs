namespace Dispatcher;

/// <summary>Limits of what one run may change. A limit that is <see langword="null"/> does not apply.</summary>
public sealed record ChangeLimits
{
    /// <summary>Gets the limits that allow everything.</summary>
    public static ChangeLimits None { get; } = new();

    /// <summary>Gets the most changes, from 0.</summary>
    public long? MaxChanges { get; init; }

    /// <summary>
    /// Gets the most items that may be changed, in percent of the items that the run has examined
    /// (<see cref="IChangeGate.Examined"/>), from 0 to 100.
    /// </summary>
    public decimal? MaxChangesPercent { get; init; }

    /// <summary>Gets the most bytes that the changes may free, from 0.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Gets the most changes per second, from 1. It slows a run down; the others end it.</summary>
    public long? MaxChangesPerSecond { get; init; }
}
