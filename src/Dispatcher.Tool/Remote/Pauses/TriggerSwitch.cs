namespace Dispatcher.Tool.Remote.Pauses;

/// <summary>A deployed rule or schedule, whose state and description can be changed together.</summary>
internal abstract class TriggerSwitch
{
    /// <summary>The state of a rule or schedule that starts its target.</summary>
    public const string Enabled = "ENABLED";

    /// <summary>The state of a rule or schedule that does not.</summary>
    public const string Disabled = "DISABLED";

    /// <summary>Gets the name in AWS.</summary>
    public abstract string Name { get; }

    /// <summary>Gets the state.</summary>
    public abstract string State { get; }

    /// <summary>Gets the description.</summary>
    public abstract string? Description { get; }

    /// <summary>Gets a value indicating whether it starts its target.</summary>
    public bool IsEnabled => State != Disabled;

    /// <summary>Gets what is remembered of a pause.</summary>
    public PauseMark? Pause => IsEnabled ? null : PauseMark.Read(Description, out _);

    /// <summary>Sets state and description in one call, and keeps everything else.</summary>
    /// <param name="state">The state.</param>
    /// <param name="description">The description.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public abstract Task SetAsync(string state, string? description, CancellationToken cancellationToken);
}
