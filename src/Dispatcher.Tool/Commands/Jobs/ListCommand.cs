using System.CommandLine;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Jobs;

/// <summary>The command <c>dispatch list</c>: lists the registered jobs.</summary>
internal static class ListCommand
{
    private const string Examples = """
        Examples:
          dispatch list
          dispatch list --json | jq -r '.[].name'

        """;

    /// <summary>Creates the command.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <returns>The command.</returns>
    public static Command Create(CliTerminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "Write a JSON array with name, description and parameters." };
        var command = new DocumentedCommand("list", "List the registered jobs.", Examples) { json };
        command.SetAction(parsed => ListAsync(terminal, parsed.GetValue(json)));
        return command;
    }

    private static async Task<int> ListAsync(CliTerminal terminal, bool json)
    {
        await using var services = CliServices.Build(terminal);
        var jobs = services.GetRequiredService<JobCatalog>().List();
        if (json)
        {
            JsonOutput.Write(terminal, JsonSerializer.SerializeToElement(jobs, DispatcherJsonContext.Default.IReadOnlyListJobDescription));
        }
        else
        {
            JobTable.Write(terminal.Out, jobs);
        }

        return ExitCode.Done;
    }
}
