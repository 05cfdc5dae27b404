using Dispatcher.Hosting;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.History;

/// <summary>The terminal view of changes that an audit trail holds.</summary>
/// <param name="console">The output.</param>
/// <param name="text">Formats times.</param>
internal sealed class ChangeView(IAnsiConsole console, RunFormat text)
{
    private static readonly Style Dim = new(decoration: Decoration.Dim);

    /// <summary>Writes a change: when, what, why.</summary>
    /// <param name="change">The change.</param>
    /// <param name="withRun">Whether to write the job and the run.</param>
    public void Write(AuditEntry change, bool withRun)
    {
        var heading = new Paragraph(text.Exact(change.Time));
        heading.Append($"  {Describe(change.Outcome)}", new Style(ColorOf(change.Outcome), decoration: Decoration.Bold));
        heading.Append($"  {Printable.Text(change.Action)}");
        console.Write(heading);
        console.WriteLine();
        CopyLine.Write(console, change.Target);
        foreach (var (label, detail) in Details(change, withRun))
        {
            HangingText.Write(console, $"      {label}: ", Dim, Printable.Text(detail));
        }
    }

    private static IEnumerable<(string Label, string Detail)> Details(AuditEntry change, bool withRun)
    {
        if (change.Reason is { } reason)
        {
            yield return ("why", reason);
        }

        if (change.Evidence is { } evidence)
        {
            yield return ("evidence", evidence);
        }

        if (change.Bytes > 0)
        {
            yield return (change.Outcome == AuditOutcome.Applied ? "freed" : "size", Printable.Bytes(change.Bytes));
        }

        if (change.Error is { } error)
        {
            yield return ("error", error);
        }

        if (withRun)
        {
            yield return ("by", $"{change.Job}, run {change.RunId}");
        }
    }

    private static string Describe(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Intended => "intended (no outcome: the process ended)",
        _ => outcome.ToString().ToLowerInvariant(),
    };

    private static Color ColorOf(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Applied => Color.Green,
        AuditOutcome.Skipped => Color.Default,
        AuditOutcome.Failed => Color.Red,
        _ => Color.Olive,
    };
}
