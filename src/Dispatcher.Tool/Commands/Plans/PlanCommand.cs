using System.CommandLine;
using Dispatcher.Tool.Hosting;

namespace Dispatcher.Tool.Commands.Plans;

/// <summary>The command <c>plan</c>, with the commands about plans that dry runs have written.</summary>
internal static class PlanCommand
{
    private const string Examples = """
        Examples:
          {tool} run {job} --dry-run --plan plan.jsonl ## write a plan
          {tool} plan show plan.jsonl ## review it
          {tool} apply plan.jsonl ## make exactly its changes

        """;

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool) =>
        new DocumentedCommand(tool, "plan", "Show the plans that dry runs have written.", Examples) { PlanShowCommand.Create(tool) };
}
