using System.ComponentModel;

namespace Dispatcher.Tool.Commands.Restoring;

/// <summary>The parameters of a run that takes back another one.</summary>
internal sealed record RestoreParameters
{
    /// <summary>Gets the id of the run whose changes are taken back.</summary>
    [Description("The run whose changes are taken back.")]
    public required string Run { get; init; }

    /// <summary>Gets the job of that run.</summary>
    [Description("The job of that run.")]
    public required string Job { get; init; }

    /// <summary>Gets or sets the targets to which the run is restricted.</summary>
    /// <value>The default value is empty: every target.</value>
    [Description("Only these targets, as in 'audit --target'.")]
    public IReadOnlyList<string> Targets { get; set; } = [];
}
