using System.CommandLine;
using Dispatcher.Hosting;

namespace Dispatcher.Tool.Commands.History;

/// <summary>The options that select changes.</summary>
internal sealed class ChangeOptions
{
    private static readonly string[] Outcomes =
        [.. Enum.GetValues<AuditOutcome>().Select(static outcome => outcome.ToString().ToLowerInvariant())];

    /// <summary>Creates the options.</summary>
    public ChangeOptions() => Outcome.AcceptOnlyFromAmong(Outcomes);

    /// <summary>Gets the option that selects an action.</summary>
    public Option<string?> Action { get; } =
        new("--action") { Description = "Show only changes with this action, such as s3:DeleteObject.", HelpName = "ACTION" };

    /// <summary>Gets the option that selects an outcome.</summary>
    public Option<string?> Outcome { get; } = new("--outcome")
    {
        Description = $"Show only changes with this outcome: {string.Join(", ", Outcomes)}.", HelpName = "OUTCOME",
    };

    /// <summary>Reads the options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <returns>The filter.</returns>
    public ChangeFilter Read(ParseResult parsed) => new(parsed.GetValue(Action), parsed.GetValue(Outcome));
}
