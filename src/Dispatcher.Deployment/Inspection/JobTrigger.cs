using Dispatcher.Deployment.Triggers;

namespace Dispatcher.Deployment.Inspection;

/// <summary>A trigger together with the input that it passes to the dispatcher.</summary>
/// <param name="Trigger">The trigger.</param>
/// <param name="Function">The function that it starts; <see langword="null"/> if no target is the dispatcher.</param>
/// <param name="Job">The job; <see langword="null"/> if it cannot be determined, and for a queue, whose messages name it.</param>
/// <param name="Input">The input as it reaches the dispatcher, with an invented id and time.</param>
/// <param name="Identity">Equal for equivalent inputs.</param>
public sealed record JobTrigger(Trigger Trigger, DispatcherFunction? Function, string? Job, string? Input, string? Identity)
{
    /// <summary>Gets the name of the target, if the trigger has several.</summary>
    public string? Target { get; init; }

    /// <summary>Gets a value indicating whether it starts a job at times that can be computed.</summary>
    public bool Runs => Trigger is { State: TriggerState.Enabled, Expression: not null, WhyTimesAreUnknown: null }
        && Job is not null && Function is not null;
}
