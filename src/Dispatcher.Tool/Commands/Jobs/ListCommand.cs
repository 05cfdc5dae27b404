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

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("list", "List the registered jobs.");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var json = new Option<bool>("--json") { Description = "Write a JSON array with name, description and parameters." };
        var command = new DocumentedCommand(tool, Summary, Examples) { json };
        command.SetAction(parsed => parsed.GetValue(json) ? WriteJsonAsync(tool) : Task.FromResult(WriteTable(tool)));
        return command;
    }

    private static async Task<int> WriteJsonAsync(ToolContext tool)
    {
        await using var services = ToolServices.Build(tool);
        var jobs = services.GetRequiredService<JobCatalog>().List();
        JsonOutput.Write(
            tool.Terminal, JsonSerializer.SerializeToElement(jobs, DispatcherJsonContext.Default.IReadOnlyListJobDescription));
        return ExitCode.Done;
    }

    /// <summary>Writes names and descriptions, which the registrations have: neither services nor parameters are created.</summary>
    private static int WriteTable(ToolContext tool)
    {
        JobTable.Write(tool.Terminal.Out, tool.Name, tool.Descriptors);
        return ExitCode.Done;
    }
}
