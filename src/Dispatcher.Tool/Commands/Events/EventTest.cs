using System.Text.Json;
using Dispatcher.EventBridge;
using Dispatcher.EventBridge.Patterns;
using Dispatcher.Tool.Terminal;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Events;

/// <summary>The result of a test of an event.</summary>
/// <param name="Pattern">Why the event matches the given pattern, or does not; <see langword="null"/> if none was given.</param>
/// <param name="Routes">Why it matches each route, or does not.</param>
/// <param name="Job">The job that it starts, if it does.</param>
/// <param name="Outcome">What the routes make of the event, if there are any.</param>
internal sealed record EventTest(
    PatternExplanation? Pattern, IReadOnlyList<EventRouteExplanation> Routes, string? Job, string? Outcome)
{
    /// <summary>Gets a value indicating whether the event matches what was asked for.</summary>
    public bool Matches => Pattern?.Matches ?? Job is not null;

    /// <summary>Writes the result as text.</summary>
    public void Write(CliTerminal terminal)
    {
        if (Pattern is not null)
        {
            terminal.Out.WriteLine(Matches ? "The event matches." : "The event does not match.");
            WriteFields(terminal, Pattern.Fields, string.Empty);
            WriteLine(terminal, Pattern.Conflict);
        }

        if (Routes.Count > 0)
        {
            terminal.Out.WriteLine("Routes:");
        }

        foreach (var (route, _, explanation) in Routes)
        {
            WriteLine(terminal, $"  {Mark(explanation.Matches)} {route}");

            // Of a route that does not match, only the reasons are of interest.
            WriteFields(terminal, explanation.Fields.Where(field => field.Matches == explanation.Matches), "    ");
            WriteLine(terminal, explanation.Conflict is { } conflict ? $"      {conflict}" : null);
        }

        WriteLine(terminal, Outcome);
    }

    /// <summary>Writes the result as a JSON object.</summary>
    public void WriteJson(CliTerminal terminal)
    {
        using (var writer = new Utf8JsonWriter(terminal.RawOutput, JsonOutput.Options(terminal)))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("matches", Matches);
            if (Pattern is not null)
            {
                WriteExplanation(writer, Pattern);
            }

            writer.WriteStartArray("routes");
            foreach (var (route, job, explanation) in Routes)
            {
                writer.WriteStartObject();
                writer.WriteString("route", route);
                writer.WriteString("job", job);
                writer.WriteBoolean("matches", explanation.Matches);
                WriteExplanation(writer, explanation);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            if (Outcome is not null)
            {
                writer.WriteString("route", Outcome);
            }

            if (Job is not null)
            {
                writer.WriteString("job", Job);
            }

            writer.WriteEndObject();
        }

        terminal.RawOutput.WriteByte((byte)'\n');
        terminal.RawOutput.Flush();
    }

    private static void WriteExplanation(Utf8JsonWriter writer, PatternExplanation explanation)
    {
        writer.WriteStartArray("fields");
        foreach (var field in explanation.Fields)
        {
            writer.WriteStartObject();
            writer.WriteString("field", field.Field);
            writer.WriteBoolean("matches", field.Matches);
            writer.WriteString("reason", field.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (explanation.Conflict is { } conflict)
        {
            writer.WriteString("conflict", conflict);
        }
    }

    private static void WriteFields(CliTerminal terminal, IEnumerable<FieldExplanation> fields, string indent)
    {
        foreach (var field in fields)
        {
            WriteLine(terminal, $"{indent}  {Mark(field.Matches)} {field.Field}: {field.Reason}");
        }
    }

    private static void WriteLine(CliTerminal terminal, string? line)
    {
        if (!string.IsNullOrEmpty(line))
        {
            terminal.Out.WriteLine(Printable.Text(line));
        }
    }

    private static string Mark(bool matches) => matches ? "yes" : "no ";
}
