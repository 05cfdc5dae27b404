using System.CommandLine;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Jobs;

/// <summary>The command <c>list</c>: lists the registered jobs.</summary>
internal static class ListCommand
{
    private const string Examples = """
        Examples:
          {tool} list
          {tool} list --json | jq -r '.[].name'

        """;

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var json = new Option<bool>("--json") { Description = "Write a JSON array with name, description and parameters." };
        var command = new DocumentedCommand(tool, "list", "List the registered jobs.", Examples) { json };
        command.SetAction(parsed => ListAsync(tool, parsed.GetValue(json)));
        return command;
    }

    private static async Task<int> ListAsync(ToolContext tool, bool json)
    {
        await using var services = ToolServices.Build(tool);
        var jobs = services.GetRequiredService<JobCatalog>().List();
        if (json)
        {
            JsonOutput.Write(
                tool.Terminal, JsonSerializer.SerializeToElement(jobs, DispatcherJsonContext.Default.IReadOnlyListJobDescription));
        }
        else
        {
            JobTable.Write(tool.Terminal.Out, tool.Name, jobs);
        }

        return ExitCode.Done;
    }
}
