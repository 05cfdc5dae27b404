using System.CommandLine;
using System.Text.Json;
using Dispatcher.Hosting;
using Dispatcher.Tool.Hosting;
using Dispatcher.Tool.Terminal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Tool.Commands.Jobs;

/// <summary>The command <c>describe JOB</c>: shows a job's parameters and limits.</summary>
internal static class DescribeCommand
{
    private const string Examples = """
        Examples:
          {tool} describe {job}
          {tool} describe {job} --json | jq .parameters

        """;

    /// <summary>Gets how the help of the tool lists the command.</summary>
    public static CommandSummary Summary { get; } = new("describe", "Show a job's parameters, and the limits of its runs.", "JOB");

    /// <summary>Creates the command.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The command.</returns>
    public static Command Create(ToolContext tool)
    {
        var name = JobArgument.Create(tool);
        var json = new Option<bool>("--json") { Description = "Write a JSON object with name, description, JSON Schema and limits." };
        var command = new DocumentedCommand(tool, Summary, Examples)
        {
            name, json,
        };
        command.SetAction(parsed => DescribeAsync(tool, parsed.GetRequiredValue(name), parsed.GetValue(json)));
        return command;
    }

    private static async Task<int> DescribeAsync(ToolContext tool, string name, bool json)
    {
        await using var services = ToolServices.Build(tool);
        var job = services.GetRequiredService<JobCatalog>().Describe(name);
        if (json)
        {
            JsonOutput.Write(tool.Terminal, JsonSerializer.SerializeToElement(job, DispatcherJsonContext.Default.JobDescription));
        }
        else
        {
            services.GetRequiredService<JobRegistry>().TryFind(name, out var descriptor);
            var examples = ExampleParameters.CreateForRun(descriptor!, services.GetRequiredService<IConfiguration>());
            JobView.Write(tool.Terminal.Out, tool.Name, job, descriptor!.Parameters, examples);
        }

        return ExitCode.Done;
    }
}
