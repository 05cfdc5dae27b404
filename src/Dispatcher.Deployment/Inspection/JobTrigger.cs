using Dispatcher.Deployment.Triggers;

namespace Dispatcher.Deployment.Inspection;

/// <summary>Is a trigger and what it hands to the dispatcher.</summary>
/// <param name="Trigger">The trigger.</param>
/// <param name="Function">The function that it starts; <see langword="null"/> where no target is the dispatcher.</param>
/// <param name="Job">The job; <see langword="null"/> where none can be made out, and for a queue, whose messages name it.</param>
/// <param name="Input">The input as it reaches the dispatcher, with a made-up id and time.</param>
/// <param name="Identity">The same for two inputs that ask for the same.</param>
internal sealed record JobTrigger(Trigger Trigger, DispatcherFunction? Function, string? Job, string? Input, string? Identity)
{
    /// <summary>Gets a value indicating whether it starts a job at times that can be computed.</summary>
    public bool Runs => Trigger is { State: TriggerState.Enabled, Expression: not null } && Job is not null && Function is not null;
}
