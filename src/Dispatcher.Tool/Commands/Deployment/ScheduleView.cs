using System.Text.Json;
using Dispatcher.Deployment;
using Dispatcher.Deployment.Inspection;
using Dispatcher.Deployment.Triggers;
using Dispatcher.Text;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Deployment;

/// <summary>The terminal view of the schedules: a block for each, with its times, its input and its problems.</summary>
internal static class ScheduleView
{
    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private static readonly JsonSerializerOptions Readable = new() { Encoder = PrintableJsonEncoder.Instance };
    private static readonly Style Dim = new(decoration: Decoration.Dim);

    /// <summary>Writes the page.</summary>
    /// <param name="console">The output.</param>
    /// <param name="view">What is shown.</param>
    public static void Write(IAnsiConsole console, ScheduleListing view)
    {
        WriteText(console, $"{view.Path} · times in {view.Zone.Id}", Dim);
        foreach (var job in view.Shown)
        {
            console.WriteLine();
            WriteBlock(console, job, view);
        }

        if (view.OtherFindings is { Count: > 0 } others)
        {
            console.WriteLine();
            foreach (var finding in others)
            {
                WriteFinding(console, finding, $"{finding.Resource}: ", string.Empty);
            }
        }

        console.WriteLine();
        if (view.Shown.Any(job => job.Trigger is { IsApproximate: true, State: not TriggerState.NotDeployed }))
        {
            HangingText.Write(console, "about: ", Dim,
                "a rate counts from the deployment, whose time is not known here; these times count from now.", Dim);
        }

        WriteText(console, string.Join(" · ", Sum(view)), Bold);
    }

    private static void WriteBlock(IAnsiConsole console, JobTrigger job, ScheduleListing view)
    {
        var trigger = job.Trigger;
        var heading = new Paragraph();
        heading.Append(trigger.State == TriggerState.Enabled ? "● " : "○ ", new Style(StateColor(trigger.State)));
        heading.Append(Printable.Text(Title(job)), Bold);
        heading.Append($"  {Printable.Text(trigger.Resource)}", Dim);
        if (trigger.State != TriggerState.Enabled)
        {
            heading.Append($"  {Printable.Text(StateWords(trigger))}", new Style(StateColor(trigger.State)));
        }

        console.Write(heading);
        console.WriteLine();
        foreach (var (label, text) in Lines(job, view, console.Profile.Width))
        {
            HangingText.Write(console, $"  {label,-7}", Dim, text);
        }

        foreach (var finding in view.FindingsOf(job))
        {
            WriteFinding(console, finding, string.Empty, "  ");
        }
    }

    private static string Title(JobTrigger job) => (job.Job, job.Trigger.Kind) switch
    {
        ({ } name, _) => name,
        (null, TriggerKind.Queue) => "(the job that a message names)",
        (null, _) when job.Function is null => "(not the dispatcher)",
        _ => "(no job)",
    };

    private static IEnumerable<(string Label, string Text)> Lines(JobTrigger job, ScheduleListing view, int width)
    {
        var trigger = job.Trigger;
        yield return trigger.Kind switch
        {
            TriggerKind.EventRule => ("event", Printable.Text(
                trigger.Pattern?.ToJsonString(Readable) + (trigger.Bus == "default" ? string.Empty : $"  on bus {trigger.Bus}"))),
            TriggerKind.Queue => ("queue", Printable.Text(trigger.Queue ?? string.Empty)),
            _ => ("when", Printable.Text(FireTimeFormat.Describe(trigger))),
        };
        if (job.Input is { } input)
        {
            // An event that arrives as it is would only repeat its pattern.
            yield return ("input", Printable.Text(
                trigger.Kind == TriggerKind.EventRule && input.Contains("\"detail-type\":", StringComparison.Ordinal)
                ? "the event itself; its route names the job"
                : RedactedJson.Mask(input)));
        }

        if ((trigger.Expression is not null || trigger.WhyTimesAreUnknown is not null) && trigger.State != TriggerState.NotDeployed)
        {
            yield return ("next", FireTimeFormat.List(trigger, view, width));
        }
    }

    private static string StateWords(Trigger trigger) => trigger.State switch
    {
        TriggerState.Disabled => "disabled",
        TriggerState.NotDeployed => $"not deployed: condition {trigger.Condition} does not hold",
        _ when trigger.Unknown.TryGetValue(TriggerProperty.State, out var state) => $"enabled or disabled: State is {state}",
        _ => $"deployed or not: only a deployment knows condition {trigger.Condition}",
    };

    private static Color StateColor(TriggerState state) => state switch
    {
        TriggerState.Enabled => Color.Green,
        TriggerState.Disabled => Color.Yellow,
        _ => Color.Grey,
    };

    private static void WriteFinding(IAnsiConsole console, Finding finding, string where, string indent)
    {
        var (label, color) = finding.Severity switch
        {
            Severity.Error => ("error: ", Color.Red),
            Severity.Warning => ("warning: ", Color.Yellow),
            _ => ("note: ", Color.Default),
        };
        var isNote = finding.Severity == Severity.Note;
        HangingText.Write(
            console,
            $"{indent}{label}",
            new Style(color, decoration: isNote ? Decoration.Dim : Decoration.Bold),
            Printable.Text($"{where}{finding.Message}"),
            isNote ? Dim : (Style?)null,
            indent.Length + 2);
    }

    private static void WriteText(IAnsiConsole console, string text, Style style)
    {
        console.Write(Tables.Cell(text, style));
        console.WriteLine();
    }

    private static IEnumerable<string> Sum(ScheduleListing view)
    {
        if (view.Inspection.Jobs.Count == 0)
        {
            yield return "Nothing in this template starts a job: it has no rule, schedule or queue";
        }
        else
        {
            yield return $"{Printable.Count(view.CountOf(TriggerState.Enabled), "trigger")} enabled";
        }

        if (view.CountOf(TriggerState.Disabled) is > 0 and var disabled)
        {
            yield return $"{disabled} disabled";
        }

        if (view.CountOf(TriggerState.Unknown) is > 0 and var unknown)
        {
            yield return $"{unknown} of unknown state";
        }

        if (view.CountOf(TriggerState.NotDeployed) is > 0 and var absent)
        {
            yield return $"{absent} not deployed{(view.All ? string.Empty : " (--all shows them)")}";
        }

        var (errors, warnings) = (view.Inspection.Findings.CountOf(Severity.Error), view.Inspection.Findings.CountOf(Severity.Warning));
        yield return errors + warnings == 0 ? "no problem" : $"{Printable.Count(errors, "error")}, {Printable.Count(warnings, "warning")}";
    }
}
