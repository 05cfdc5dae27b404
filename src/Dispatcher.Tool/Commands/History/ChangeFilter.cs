using Dispatcher.Hosting;
using Dispatcher.Tool.Commands.Running;

namespace Dispatcher.Tool.Commands.History;

/// <summary>A filter for changes.</summary>
/// <param name="Action">The action; <see langword="null"/> for all.</param>
/// <param name="Outcome">The outcome; <see langword="null"/> for all.</param>
internal sealed record ChangeFilter(string? Action, string? Outcome)
{
    /// <summary>Gets a value indicating whether the filter includes every change.</summary>
    public bool IsEmpty => Action is null && Outcome is null;

    /// <summary>Determines whether the filter includes a change of a trail.</summary>
    public bool Includes(AuditEntry entry) =>
        IncludesAction(entry.Action)
        && (Outcome is null || Outcome.Equals(entry.Outcome.ToString(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Determines whether the filter includes an action.</summary>
    public bool IncludesAction(string action) => Action is null || Action.Equals(action, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the options of the filter, each after a blank.</summary>
    public string ToOptions() =>
        (Action is { } action ? $" {RunArguments.ToCommandLine("--action", action)}" : string.Empty)
        + (Outcome is { } outcome ? $" {RunArguments.ToCommandLine("--outcome", outcome)}" : string.Empty);
}
