namespace Dispatcher.Tool.Commands.Plans;

/// <summary>The selection of changes that a command shows.</summary>
/// <param name="Action">The action; <see langword="null"/> for all.</param>
/// <param name="Target">A part of the target; <see langword="null"/> for all.</param>
internal sealed record PlanSelection(string? Action, string? Target)
{
    /// <summary>Determines whether a change is selected.</summary>
    /// <param name="change">The change.</param>
    /// <returns><see langword="true"/> if it is.</returns>
    public bool Includes(Change change) =>
        (Action is null || change.Action.Equals(Action, StringComparison.OrdinalIgnoreCase))
        && (Target is null || change.Target.Contains(Target, StringComparison.OrdinalIgnoreCase));
}
