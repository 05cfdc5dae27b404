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

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool) =>
        new DocumentedCommand(tool, "events", "Test event patterns and the routes of events.", Examples) { EventsTestCommand.Create(tool) };
}
