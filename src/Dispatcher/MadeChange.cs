namespace Dispatcher;

/// <summary>A change that an earlier run has made, as its audit trail holds it.</summary>
/// <param name="Action">What was done.</param>
/// <param name="Target">What it was done to.</param>
public sealed record MadeChange(string Action, string Target)
{
    /// <summary>Gets what was seen that made the change right.</summary>
    public string? Evidence { get; init; }

    /// <summary>Gets what the job noted for taking the change back (<see cref="ChangeOutcome.AppliedWith"/>).</summary>
    /// <value>The default value is <see langword="null"/>: nothing, or a trail of an earlier version.</value>
    public string? Undo { get; init; }
}
