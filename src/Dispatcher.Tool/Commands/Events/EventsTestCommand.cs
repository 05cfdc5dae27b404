using System.CommandLine;
using System.Text.Json;
using Dispatcher.EventBridge;
using Dispatcher.EventBridge.Patterns;
using Dispatcher.Hosting;
using Dispatcher.Text;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Events;

/// <summary>The command <c>events test</c>: says whether an event matches a pattern and the routes of the jobs, and why.</summary>
internal static class EventsTestCommand
{
    private const string Examples = """
        Examples:
          {tool} events test --event event.json ## the routes of the jobs
          {tool} events test --pattern pattern.json --event event.json
          {tool} events test --pattern '{"source":["shop"]}' --event @event.json
          cat event.json | {tool} events test --pattern pattern.json --event -

        A pattern or an event is JSON, the path of a file (also @FILE), or '-' for
        standard input. If the jobs have routes for events, the command also says
        for each route whether the event matches it and why, and which job the event
        starts.

        Exit codes: 0 matches (without --pattern: starts a job); 1 does not; 2 invalid
        pattern or event.

        """;

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var pattern = new Option<string?>("--pattern")
        {
            Description = "The event pattern; without it, the routes are tested.", HelpName = "JSON|FILE|-",
        };
        var @event = new Option<string>("--event") { Description = "The event.", HelpName = "JSON|FILE|-", Required = true };
        var json = new Option<bool>("--json") { Description = "Write the result as a JSON object." };
        var command = new DocumentedCommand(tool, "test", "Say whether an event matches a pattern or a route, and why.", Examples)
        {
            pattern, @event, json,
        };
        command.SetAction(async (parsed, _) =>
        {
            var result = await TestAsync(tool, parsed.GetValue(pattern), parsed.GetRequiredValue(@event));
            if (parsed.GetValue(json))
            {
                result.WriteJson(tool.Terminal);
            }
            else
            {
                result.Write(tool.Terminal);
            }

            return result.Matches ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static async Task<EventTest> TestAsync(ToolContext tool, string? pattern, string @event)
    {
        if (pattern == "-" && @event == "-")
        {
            throw new BadInputException("--pattern and --event both read standard input. Give one of them as a file.");
        }

        var compiled = pattern is null ? null : Compile(JsonArgument.Read(tool.Terminal, "--pattern", pattern));
        var given = JsonArgument.Read(tool.Terminal, "--event", @event);
        if (given.ValueKind != JsonValueKind.Object)
        {
            throw new BadInputException($"The event must be a JSON object, but is {PayloadText.Value(given)}. Give the whole event.");
        }

        await using var services = ToolServices.Build(tool);
        var routes = services.GetService<IEventRoutes>();
        if (compiled is null && routes is null or { Count: 0 })
        {
            throw new BadInputException("The jobs have no routes for events. Give --pattern, or add routes (MapEvent, EventRoutes).");
        }

        var (job, outcome) = FindJob(services, given);
        return new EventTest(compiled?.Explain(given), routes?.Explain(given) ?? [], job, outcome);
    }

    private static EventPattern Compile(JsonElement json)
    {
        var problems = new List<PatternProblem>();
        return EventPattern.Parse(json, problems)
            ?? throw new BadInputException(string.Join(Environment.NewLine, problems.Select(static problem => problem.Message)));
    }

    private static (string? Job, string? Outcome) FindJob(IServiceProvider services, JsonElement given)
    {
        if (services.GetServices<IPayloadMapper>().FirstOrDefault(mapper => mapper.CanMap(given)) is not { } mapper)
        {
            return (null, null);
        }

        var problems = new ProblemList();
        return mapper.Map(given, problems) is { } payload && payload.GetProperty("job").GetString() is { } job
            ? (job, $"The event starts the job {job}.")
            : (null, string.Join(' ', problems));
    }
}
