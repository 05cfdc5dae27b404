using System.CommandLine;
using System.Text.Json;
using Dispatcher.EventBridge.Patterns;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Dispatcher.Tool.Commands.Events;

/// <summary>The command <c>events test</c>: says whether an event matches a pattern, and why.</summary>
internal static class EventsTestCommand
{
    private const string Examples = """
        Examples:
          {tool} events test --pattern pattern.json --event event.json
          {tool} events test --pattern '{"source":["shop"]}' --event @event.json
          cat event.json | {tool} events test --pattern pattern.json --event -

        A pattern or an event is JSON, the path of a file (also @FILE), or '-' for
        standard input. If the jobs have routes for events, the command also says
        which job the event starts.

        Exit codes: 0 matches; 1 does not match; 2 invalid pattern or event.

        """;

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var pattern = new Option<string>("--pattern") { Description = "The event pattern.", HelpName = "JSON|FILE|-", Required = true };
        var @event = new Option<string>("--event") { Description = "The event.", HelpName = "JSON|FILE|-", Required = true };
        var json = new Option<bool>("--json") { Description = "Write the result as a JSON object." };
        var command = new DocumentedCommand(tool, "test", "Say whether an event matches a pattern, and why.", Examples)
        {
            pattern, @event, json,
        };
        command.SetAction(async (parsed, _) =>
        {
            var (patternText, eventText) = (parsed.GetRequiredValue(pattern), parsed.GetRequiredValue(@event));
            if (patternText == "-" && eventText == "-")
            {
                throw new BadInputException("--pattern and --event both read standard input. Give one of them as a file.");
            }

            var compiled = Compile(JsonArgument.Read(tool.Terminal, "--pattern", patternText));
            var given = JsonArgument.Read(tool.Terminal, "--event", eventText);
            if (given.ValueKind != JsonValueKind.Object)
            {
                throw new BadInputException($"The event must be a JSON object, but is {PayloadText.Value(given)}. Give the whole event.");
            }

            var explanation = compiled.Explain(given);
            var route = await FindRouteAsync(tool, given);
            if (parsed.GetValue(json))
            {
                WriteJson(tool.Terminal, explanation, route);
            }
            else
            {
                Write(tool.Terminal, explanation, route);
            }

            return explanation.Matches ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static EventPattern Compile(JsonElement json)
    {
        var problems = new List<PatternProblem>();
        return EventPattern.Parse(json, problems)
            ?? throw new BadInputException(string.Join(Environment.NewLine, problems.Select(static problem => problem.Message)));
    }

    private static async Task<string?> FindRouteAsync(ToolContext tool, JsonElement given)
    {
        await using var services = ToolServices.Build(tool);
        if (services.GetServices<IPayloadMapper>().FirstOrDefault(mapper => mapper.CanMap(given)) is not { } mapper)
        {
            return null;
        }

        var problems = new ProblemList();
        return mapper.Map(given, problems) is { } payload
            ? $"The event starts the job {payload.GetProperty("job").GetString()}."
            : string.Join(' ', problems);
    }

    private static void Write(CliTerminal terminal, PatternExplanation explanation, string? route)
    {
        terminal.Out.WriteLine(explanation.Matches ? "The event matches." : "The event does not match.");
        foreach (var field in explanation.Fields)
        {
            terminal.Out.WriteLine(Printable.Text($"  {(field.Matches ? "yes" : "no ")} {field.Field}: {field.Reason}"));
        }

        foreach (var line in new[] { explanation.Conflict, route }.OfType<string>())
        {
            terminal.Out.WriteLine(Printable.Text(line));
        }
    }

    private static void WriteJson(CliTerminal terminal, PatternExplanation explanation, string? route)
    {
        using (var writer = new Utf8JsonWriter(terminal.RawOutput, JsonOutput.Options(terminal)))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("matches", explanation.Matches);
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

            if (route is not null)
            {
                writer.WriteString("route", route);
            }

            writer.WriteEndObject();
        }

        terminal.RawOutput.WriteByte((byte)'\n');
        terminal.RawOutput.Flush();
    }
}
