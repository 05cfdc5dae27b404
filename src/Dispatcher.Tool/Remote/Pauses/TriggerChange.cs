namespace Dispatcher.Tool.Remote.Pauses;

/// <summary>What a pause or its end does to a rule or schedule.</summary>
/// <param name="Trigger">The rule or schedule, as it was before.</param>
/// <param name="Outcome">What is done, in a few words.</param>
/// <param name="State">The state to set; <see langword="null"/> if nothing is to be changed.</param>
/// <param name="Description">The description to set.</param>
internal sealed record TriggerChange(StackTrigger Trigger, string Outcome, string? State = null, string? Description = null)
{
    /// <summary>Gets a value indicating whether something is changed.</summary>
    public bool IsChange => State is not null;

    /// <summary>Makes the change.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task ApplyAsync(CancellationToken cancellationToken) =>
        State is null ? Task.CompletedTask : Trigger.Switch.SetAsync(State, Description, cancellationToken);
}
