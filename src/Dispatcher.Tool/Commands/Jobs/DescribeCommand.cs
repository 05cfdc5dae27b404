using System.CommandLine;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Jobs;

/// <summary>The command <c>dispatch describe JOB</c>: shows a job's parameters.</summary>
internal static class DescribeCommand
{
    private const string Examples = """
        Examples:
          dispatch describe video-upload-cleanup
          dispatch describe video-upload-cleanup --json | jq .parameters

        """;

    /// <summary>Creates the command.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <returns>The command.</returns>
    public static Command Create(CliTerminal terminal)
    {
        var name = JobArgument.Create();
        var json = new Option<bool>("--json") { Description = "Write a JSON object with name, description and JSON Schema." };
        var command = new DocumentedCommand("describe", "Show a job's parameters, their limits and defaults.", Examples) { name, json };
        command.SetAction(parsed => DescribeAsync(terminal, parsed.GetRequiredValue(name), parsed.GetValue(json)));
        return command;
    }

    private static async Task<int> DescribeAsync(CliTerminal terminal, string name, bool json)
    {
        await using var services = CliServices.Build(terminal);
        var job = services.GetRequiredService<JobCatalog>().Describe(name);
        if (json)
        {
            JsonOutput.Write(terminal, JsonSerializer.SerializeToElement(job, DispatcherJsonContext.Default.JobDescription));
        }
        else
        {
            services.GetRequiredService<JobRegistry>().TryFind(name, out var descriptor);
            JobView.Write(terminal.Out, job, descriptor!.Parameters.All);
        }

        return ExitCode.Done;
    }
}
