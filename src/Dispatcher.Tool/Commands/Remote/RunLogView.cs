using System.Globalization;
using Dispatcher.Tool.Remote.Logs;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Remote;

/// <summary>The log of a run on the terminal.</summary>
/// <param name="console">The output.</param>
/// <param name="utc">Whether times are in UTC.</param>
/// <param name="all">Whether to show metrics and the other lines that Lambda needs.</param>
internal sealed class RunLogView(IAnsiConsole console, bool utc, bool all)
{
    private static readonly Style Dim = new(decoration: Decoration.Dim);

    /// <summary>Writes lines.</summary>
    /// <param name="lines">The lines.</param>
    public void Write(IEnumerable<RunLogLine> lines)
    {
        foreach (var line in lines.Where(line => all || line.Kind is not (RunLogKind.Metrics or RunLogKind.Platform)))
        {
            var time = (utc ? line.At.ToUniversalTime() : line.At.ToLocalTime()).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
            var label = line.Kind == RunLogKind.Audit ? "AUDIT" : line.Level?.ToUpperInvariant() ?? string.Empty;
            HangingText.Write(
                console, $"{time} {(label.Length == 0 ? string.Empty : $"{label} ")}", Dim, line.Message, StyleOf(line), indent: 2);
        }
    }

    private static Style StyleOf(RunLogLine line) => (line.Kind, line.Level?.ToUpperInvariant()) switch
    {
        (_, "ERROR" or "CRITICAL" or "FATAL") => new Style(Color.Red),
        (_, "WARN" or "WARNING") => new Style(Color.Olive),
        (RunLogKind.Audit or RunLogKind.Metrics or RunLogKind.Platform, _) => Dim,
        _ => Style.Plain,
    };
}
