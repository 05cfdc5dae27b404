using System.CommandLine;
using Dispatcher.Tool.Hosting;

namespace Dispatcher.Tool.Commands.Events;

/// <summary>The command <c>events</c>, with the commands about native events.</summary>
internal static class EventsCommand
{
    private const string Examples = """
        Examples:
          {tool} events test --pattern pattern.json --event event.json

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("events", "Test event patterns and the routes of events.");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool) =>
        new DocumentedCommand(tool, Summary, Examples) { EventsTestCommand.Create(tool) };
}
