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

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("plan", "Show the plans that dry runs have written.");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool) =>
        new DocumentedCommand(tool, Summary, Examples) { PlanShowCommand.Create(tool) };
}
